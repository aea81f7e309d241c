/**
 * The workflow on Kafka Streams: its log, its stores, its clock, and the door for config events.
 */
@NullMarked
package dev.rote.sweeps.kafka;

import org.jspecify.annotations.NullMarked;
