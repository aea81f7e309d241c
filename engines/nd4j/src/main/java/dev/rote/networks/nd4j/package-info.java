/**
 * Networks computed by ND4J.
 *
 * <p>Every array here is float32 and row-major ("c" order); its owner closes it. Axes: N examples
 * of a batch, C channels (or units), H and W rows and columns, K classes. Operations are prepared
 * once for each batch size as {@link NativeCall}s on fixed buffers, so that a step allocates
 * nothing.
 */
@NullMarked
package dev.rote.networks.nd4j;

import org.jspecify.annotations.NullMarked;
