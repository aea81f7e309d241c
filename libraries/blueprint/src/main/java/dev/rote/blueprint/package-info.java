/**
 * What a network is, before any engine computes it: nodes in order, their shapes and parameters,
 * what a step costs, and what may be asked of it. The graph says what, engines say how.
 *
 * <p>Axes of one example: C channels, H and W rows and columns of an image, or units without a
 * place. N, the examples of a batch, stands before them and in no shape here.
 */
@NullMarked
package dev.rote.blueprint;

import org.jspecify.annotations.NullMarked;
