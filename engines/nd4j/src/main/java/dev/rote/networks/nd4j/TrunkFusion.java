package dev.rote.networks.nd4j;

import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the blocks of convolution, batch normalisation, ReLU, max pool and, if there is any, noise
 * that a network begins with, and makes them one {@link ConvolutionTrunk}.
 */
final class TrunkFusion {
  private static final List<Class<? extends Op>> BLOCK =
      List.of(Convolution.class, BatchNorm.class, Relu.class, MaxPool.class);

  private final Blueprint blueprint;
  private final List<Part> parts;
  private final int[] readers;
  private final List<ConvolutionBlock.Layers> blocks = new ArrayList<>();

  /** Parts that the blocks found take. */
  private int taken;

  private TrunkFusion(Blueprint blueprint, List<Part> parts) {
    this.blueprint = blueprint;
    this.parts = parts;
    this.readers = blueprint.readers();
  }

  /** The same network with its trunk joined, if it has one whose windows do not overlap. */
  static List<Part> of(Blueprint blueprint, List<Part> parts) {
    TrunkFusion fusion = new TrunkFusion(blueprint, parts);
    fusion.find();
    boolean fits = fusion.blocks.stream().allMatch(ConvolutionBlock.Layers::fits);
    return fusion.blocks.isEmpty() || !fits ? parts : fusion.joined();
  }

  private void find() {
    while (follows(taken, BLOCK) && ((ConvolutionLayer) parts.get(taken).layer()).isPlain()) {
      blocks.add(
          new ConvolutionBlock.Layers(
              (ConvolutionLayer) parts.get(taken).layer(),
              (BatchNormLayer) parts.get(taken + 1).layer(),
              (PoolLayer) parts.get(taken + BLOCK.size() - 1).layer()));
      taken += BLOCK.size();
      taken += follows(taken, List.of(Noise.class)) ? 1 : 0;
    }
  }

  /** Whether ops of these kinds follow, each read by the next alone. */
  private boolean follows(int from, List<Class<? extends Op>> kinds) {
    for (int i = 0; i < kinds.size(); i++) {
      int at = from + i;
      if (at == parts.size() || !kinds.get(i).isInstance(node(at).op())) {
        return false;
      }
      int below = at == 0 ? blueprint.entry() : parts.get(at - 1).output();
      if (!node(at).inputs().equals(List.of(below)) || (at > 0 && readers[below] != 1)) {
        return false;
      }
    }
    return true;
  }

  private Node node(int part) {
    return blueprint.nodes().get(parts.get(part).output());
  }

  private List<Part> joined() {
    List<Layer> layers = parts.subList(0, taken).stream().map(Part::layer).toList();
    List<Part> joined = new ArrayList<>();
    joined.add(
        new Part(
            new ConvolutionTrunk(layers, blocks),
            List.of(blueprint.entry()),
            parts.get(taken - 1).output()));
    joined.addAll(parts.subList(taken, parts.size()));
    return joined;
  }
}
