/**
 * How hard or suspect single examples are, by what a network says of each beside its prediction.
 *
 * <p>Axes as in {@code dev.rote.networks}: N examples, D input values of an example, K classes.
 */
@NullMarked
package dev.rote.metrics.difficulty;

import org.jspecify.annotations.NullMarked;
