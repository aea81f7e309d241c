/** The workflow on Kafka Streams: its log, its store and its clock. */
@NullMarked
package dev.rote.sweeps.kafka;

import org.jspecify.annotations.NullMarked;
