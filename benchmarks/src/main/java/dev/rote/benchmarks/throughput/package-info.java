/** Whole sweeps of trainings. */
@NullMarked
package dev.rote.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
