/** Inputs replaced by noise. */
@NullMarked
package dev.rote.benchmarks.corruption;

import org.jspecify.annotations.NullMarked;
