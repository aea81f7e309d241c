/**
 * An engine on NVIDIA cards from Turing on: products by cuBLAS, everything else by the kernels in
 * {@code kernels.cu}, which NVRTC compiles for the card at hand when it is first used. The
 * libraries of CUDA 13 are the machine's own.
 *
 * <p>A network has a stream of its own, so that trials share a card. Each call is recorded as a
 * CUDA graph, from its second time on replayed by one launch. Nothing is added atomically, and
 * products of one shape are computed in one way: equal calls give equal bits on one kind of card.
 *
 * <p>Axes: N examples, C channels (or units), H and W rows and columns, K directions. Images lie as
 * [N, H, W, C] on the card; {@link dev.rote.cuda.Parameter} turns weights into that order.
 */
@NullMarked
package dev.rote.cuda;

import org.jspecify.annotations.NullMarked;
