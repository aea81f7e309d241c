package dev.rote.corruption.datasets;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.SignedAddresses;
import org.jspecify.annotations.Nullable;

/**
 * Where files of a user's own may lie beside the datasets directory.
 *
 * @param web fetches {@code https:} addresses; null: none are fetched
 * @param storage fetches from object storage
 * @param store holds what was put there by its content
 * @param addresses of objects in other buckets, {@code s3://<bucket>/<key>}
 * @param ownBucket that {@code store} is, which no address leads into
 * @param fetches for whom files are fetched
 * @param largestBytes that a file may have
 */
public record Elsewhere(
    @Nullable Downloads web,
    Downloads storage,
    ObjectStore store,
    SignedAddresses addresses,
    String ownBucket,
    Fetches fetches,
    long largestBytes) {}
