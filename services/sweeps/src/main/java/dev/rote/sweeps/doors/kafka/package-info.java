/** The door on Kafka: records of {@code rote.configs}, and letters about those that are refused. */
@NullMarked
package dev.rote.sweeps.doors.kafka;

import org.jspecify.annotations.NullMarked;
