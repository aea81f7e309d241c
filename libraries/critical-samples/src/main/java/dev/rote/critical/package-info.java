/**
 * The search for critical samples: whether some input in a max-norm box around an example is
 * predicted as another class.
 *
 * <p>Axes as in {@code dev.rote.networks}: N examples of a batch, D input values of an example, K
 * classes. Inputs are float32 with real pixels in [0, 1].
 */
@NullMarked
package dev.rote.critical;

import org.jspecify.annotations.NullMarked;
