/** Loss-sensitivity through the unrolled trajectory of a training. */
@NullMarked
package dev.rote.benchmarks.sensitivity;

import org.jspecify.annotations.NullMarked;
