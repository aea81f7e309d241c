/** Measurements: a metric over the checkpoints of a trial, made once and stored. */
@NullMarked
package dev.rote.metrics.measuring;

import org.jspecify.annotations.NullMarked;
