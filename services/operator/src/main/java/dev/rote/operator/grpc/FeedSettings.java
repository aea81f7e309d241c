package dev.rote.operator.grpc;

import java.time.Duration;

/**
 * Settings of the feed.
 *
 * @param poll between passes over the sweeps that run
 * @param resync between passes over all sweeps
 * @param progressEvery progress alone is told at most this often
 */
public record FeedSettings(Duration poll, Duration resync, Duration progressEvery) {}
