/**
 * Networks behind one narrow interface, shared by the trainer and the metrics service. No type of
 * an engine's library leaks past it.
 *
 * <p>Axes: N examples of a batch, D input values of an example (channels x height x width,
 * row-major), K classes.
 */
@NullMarked
package dev.rote.networks;

import org.jspecify.annotations.NullMarked;
