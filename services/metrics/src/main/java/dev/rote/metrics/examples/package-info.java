/**
 * Values of single examples: losses, errors and which of them are corrupted.
 *
 * <p>Axes as in {@code dev.rote.networks}: N examples, D input values of an example, K classes.
 */
@NullMarked
package dev.rote.metrics.examples;

import org.jspecify.annotations.NullMarked;
