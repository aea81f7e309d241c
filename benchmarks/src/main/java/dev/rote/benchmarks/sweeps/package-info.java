/** Whole sweeps on a stack that runs. */
@NullMarked
package dev.rote.benchmarks.sweeps;

import org.jspecify.annotations.NullMarked;
