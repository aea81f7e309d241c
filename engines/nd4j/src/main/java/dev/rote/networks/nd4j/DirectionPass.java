package dev.rote.networks.nd4j;

import dev.rote.recipes.Loss;
import java.util.List;
import java.util.function.BiConsumer;

/** First and second derivatives of a multilayer perceptron at one batch size. */
final class DirectionPass implements AutoCloseable {
  private final HostArena arena = new HostArena();
  private final BatchGradients batch;
  private final InputTerms terms;
  private final int largest;
  private final BlockDerivatives full;
  private final BlockDerivatives last;

  /**
   * @param layers of the network, a ReLU between any two
   * @param blocks all but the last of one size
   */
  DirectionPass(List<DenseLayer> layers, Loss loss, int n, List<DirectionBlock> blocks) {
    this.batch = new BatchGradients(layers, loss, n, arena);
    this.largest = blocks.get(0).count();
    this.terms = new InputTerms(batch, largest, arena);
    DirectionBlock rest = blocks.get(blocks.size() - 1);
    this.full = new BlockDerivatives(batch, blocks.get(0), arena);
    this.last = rest.count() == largest ? full : new BlockDerivatives(batch, rest, arena);
  }

  /** Runs forward and backward: first derivatives of {@code Σ_i weights_i ℓ_i}. */
  void look(float[] inputs, int[] labels, double[] weights) {
    batch.look(inputs, labels, weights);
  }

  /** Overwrites direction {@code k} of a block with the gradient. */
  void gradient(DirectionBlock block, int k) {
    block.gradient(k, batch);
  }

  /**
   * Changes directions by the second derivatives of what was looked at.
   *
   * @param weights of the losses, as for {@link #look}
   */
  void transform(List<DirectionBlock> blocks, double[] weights, BlockDerivatives.Change change) {
    change(blocks, weights, change, (block, derivatives) -> {});
  }

  /**
   * As {@link #transform}, and adds the gain times the derivatives of ∂/∂x, along the directions as
   * they were before it, to the influences.
   */
  void unroll(
      List<DirectionBlock> blocks,
      double[] weights,
      BlockDerivatives.Change change,
      int[] slots,
      Influences influences) {
    terms.take(slots);
    change(
        blocks,
        weights,
        change,
        (block, derivatives) ->
            terms.add(block, derivatives.firstAdjoints(), change.gain(), influences));
  }

  /**
   * Changes directions block by block.
   *
   * @param before called with each block while its directions of the first layer are as they were
   */
  private void change(
      List<DirectionBlock> blocks,
      double[] weights,
      BlockDerivatives.Change change,
      BiConsumer<DirectionBlock, BlockDerivatives> before) {
    Repeated repeated = new Repeated(batch, weights, largest);
    for (DirectionBlock block : blocks) {
      BlockDerivatives derivatives = derivatives(block);
      derivatives.forward(block, repeated);
      derivatives.backward(block, repeated, change);
      before.accept(block, derivatives);
      derivatives.finish(block, change);
    }
  }

  private BlockDerivatives derivatives(DirectionBlock block) {
    return block.count() == largest ? full : last;
  }

  @Override
  public void close() {
    arena.close();
  }
}
