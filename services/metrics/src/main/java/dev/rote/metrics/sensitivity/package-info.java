/**
 * Loss-sensitivity through the unrolled trajectory of SGD (Arpit et al. 2017, section 3.2).
 *
 * <p>Axes: T steps of the run, N training examples, D input values of an example, P parameters, K
 * losses whose derivatives are taken back at the same time.
 */
@NullMarked
package dev.rote.metrics.sensitivity;

import org.jspecify.annotations.NullMarked;
