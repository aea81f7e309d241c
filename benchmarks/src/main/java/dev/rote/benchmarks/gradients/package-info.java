/** Gradients of single examples, from norms and one by one. */
@NullMarked
package dev.rote.benchmarks.gradients;

import org.jspecify.annotations.NullMarked;
