package dev.rote.reference;

import dev.rote.networks.Architecture;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Window;
import dev.rote.v1.Cnn;
import java.util.ArrayList;
import java.util.List;

/** The layers of an architecture, input to logits. */
final class LayerStack {
  private final List<Layer> layers = new ArrayList<>();
  private int[] shape;
  private int blocks;

  private LayerStack(int... inputShape) {
    this.shape = inputShape;
  }

  /**
   * Builds the layers.
   *
   * @throws IllegalArgumentException if the architecture does not fit the input
   */
  static List<Layer> of(Architecture architecture) {
    return switch (architecture.model().getArchitectureCase()) {
      case MLP -> mlp(architecture);
      case CNN -> cnn(architecture);
      case ARCHITECTURE_NOT_SET ->
          throw new IllegalArgumentException("model must name an architecture: mlp or cnn");
    };
  }

  private static List<Layer> mlp(Architecture architecture) {
    LayerStack stack = new LayerStack(architecture.inputLength());
    for (int units : architecture.model().getMlp().getHiddenList()) {
      stack.dense(units, true);
      stack.add(new Relu(stack.shape));
      stack.endBlock();
    }
    stack.dense(architecture.classes(), true);
    return List.copyOf(stack.layers);
  }

  private static List<Layer> cnn(Architecture architecture) {
    Cnn cnn = architecture.model().getCnn();
    InputPatch patch = InputPatch.of(architecture);
    LayerStack stack = new LayerStack(patch.image().getChannels(), patch.height(), patch.width());
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    Window kernel = new Window(cnn.getKernel(), 1, same);
    Window pool = new Window(cnn.getPool(), cnn.getPoolStride(), same);
    for (int filters : cnn.getFiltersList()) {
      stack.add(new Convolution(stack.name(), stack.shape, filters, kernel));
      stack.normalize();
      stack.add(new MaxPool(stack.shape, pool));
      stack.endBlock();
    }
    for (int units : cnn.getDenseList()) {
      stack.dense(units, false);
      stack.normalize();
      stack.endBlock();
    }
    stack.dense(architecture.classes(), true);
    return List.copyOf(stack.layers);
  }

  private String name() {
    return "layer" + blocks;
  }

  private void add(Layer layer) {
    layers.add(layer);
    shape = layer.outputShape();
  }

  private void dense(int units, boolean biased) {
    add(new Dense(name(), Layer.length(shape), units, biased));
  }

  private void normalize() {
    add(new BatchNorm(name(), shape));
    add(new Relu(shape));
  }

  private void endBlock() {
    add(new Disturbance(blocks, shape));
    blocks++;
  }
}
