package dev.rote.blueprint;

import dev.rote.v1.Graph;
import dev.rote.v1.Graph.Node.OpCase;
import java.util.EnumMap;
import java.util.Map;

/** The ops that may be written in a graph; a new one is added here. */
final class GraphOps {
  private static final Map<OpCase, OpForm> FORMS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(OpCase.DENSE, Dense.FORM),
              Map.entry(OpCase.CONVOLUTION, Convolution.FORM),
              Map.entry(OpCase.BATCH_NORM, BatchNorm.FORM),
              Map.entry(OpCase.RELU, (node, classes, nodes) -> new Relu()),
              Map.entry(OpCase.MAX_POOL, MaxPool.FORM),
              Map.entry(OpCase.CROP, Crop.FORM),
              Map.entry(OpCase.FLATTEN, (node, classes, nodes) -> new Flatten()),
              Map.entry(OpCase.NOISE, (node, classes, nodes) -> nodes.noise()),
              Map.entry(OpCase.ADD, (node, classes, nodes) -> new Add()),
              Map.entry(OpCase.AVERAGE_POOL, AveragePool.FORM),
              Map.entry(OpCase.LAYER_NORM, (node, classes, nodes) -> new LayerNorm()),
              Map.entry(
                  OpCase.GLOBAL_AVERAGE_POOL, (node, classes, nodes) -> new GlobalAveragePool()),
              Map.entry(OpCase.GELU, (node, classes, nodes) -> new Gelu()),
              Map.entry(OpCase.TANH, (node, classes, nodes) -> new Tanh()),
              Map.entry(OpCase.CONCATENATE, Concatenate.FORM),
              Map.entry(OpCase.DROPOUT, Dropout.FORM),
              Map.entry(OpCase.CHANNEL_DROPOUT, ChannelDropout.FORM),
              Map.entry(OpCase.LOCAL_RESPONSE_NORM, LocalResponseNorm.FORM)));

  private GraphOps() {}

  /** Fills in defaults. */
  static void fill(Graph.Node.Builder node) {
    OpForm form = FORMS.get(node.getOpCase());
    if (form != null) {
      form.fill(node);
    }
  }

  /**
   * Checks the bounds of a node's op.
   *
   * @param number of the node, from 0
   * @param complaints with fields from the node
   */
  static void check(Graph.Node node, int number, Complaints complaints) {
    OpForm form = FORMS.get(node.getOpCase());
    if (form == null) {
      complaints.violate("", "must have an op, such as relu: {}");
    } else {
      form.check(node, number, complaints);
    }
  }

  /**
   * The op of a node.
   *
   * @param classes units of dense logits
   * @throws IllegalArgumentException if it has none
   */
  static Op of(Graph.Node node, int classes, Nodes nodes) {
    OpForm form = FORMS.get(node.getOpCase());
    if (form == null) {
      throw new IllegalArgumentException("node " + node.getName() + " must have an op");
    }
    return form.of(node, classes, nodes);
  }
}
