package dev.rote.benchmarks.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.rote.blueprint.Add;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DJL's block for each node of a blueprint after its entry, in a graph. */
final class DjlGraph extends AbstractBlock {
  private final Blueprint blueprint;
  private final List<@Nullable Block> blocks = new ArrayList<>();

  DjlGraph(Blueprint blueprint) {
    this.blueprint = blueprint;
    for (Node node : blueprint.nodes()) {
      boolean inside = blocks.size() > blueprint.entry() && !(node.op() instanceof Add);
      Block block = inside ? node.op().accept(new DjlBlocks()) : null;
      blocks.add(block == null ? null : addChildBlock(node.name(), block));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDList[] outputs = new NDList[blocks.size()];
    outputs[blueprint.entry()] = inputs;
    for (int n = blueprint.entry() + 1; n < outputs.length; n++) {
      List<Integer> from = blueprint.nodes().get(n).inputs();
      Block block = blocks.get(n);
      NDArray first = outputs[from.get(0)].singletonOrThrow();
      outputs[n] =
          block == null
              ? new NDList(first.add(outputs[from.get(1)].singletonOrThrow()))
              : block.forward(store, new NDList(first), training);
    }
    return outputs[outputs.length - 1];
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    long examples = inputs[0].get(0);
    for (int n = blueprint.entry() + 1; n < blocks.size(); n++) {
      Block block = blocks.get(n);
      if (block != null) {
        int below = blueprint.nodes().get(n).inputs().get(0);
        block.initialize(manager, type, shape(examples, blueprint.nodes().get(below).extent()));
      }
    }
  }

  /** Of a batch. */
  static Shape shape(long examples, Extent extent) {
    return extent.isImage()
        ? new Shape(examples, extent.channels(), extent.height(), extent.width())
        : new Shape(examples, extent.length());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {shape(inputs[0].get(0), blueprint.output().extent())};
  }
}
