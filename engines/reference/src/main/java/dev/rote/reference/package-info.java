/**
 * A second engine, written to be read: plain loops over float64 on the heap, nothing prepared,
 * nothing fused, one thread. State is float32 between calls, as in every engine, so that what is
 * stored is what goes on.
 *
 * <p>It shows that {@link dev.rote.networks.Engine} asks for nothing that only ND4J can give, and
 * it is what other engines are compared with. Axes: N examples, C channels (or units), H and W rows
 * and columns, K directions.
 */
@NullMarked
package dev.rote.reference;

import org.jspecify.annotations.NullMarked;
