/** Training steps. */
@NullMarked
package dev.rote.benchmarks.step;

import org.jspecify.annotations.NullMarked;
