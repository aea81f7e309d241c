package dev.rote.cuda;

import dev.rote.networks.Architecture;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Window;
import dev.rote.v1.Cnn;
import java.util.ArrayList;
import java.util.List;

/** The layers of an architecture, input to logits. */
final class LayerStack {
  private final List<Layer> layers = new ArrayList<>();
  private ImageShape shape;
  private int blocks;

  private LayerStack(ImageShape inputShape) {
    this.shape = inputShape;
  }

  /**
   * Builds the layers, which have no memory yet.
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
    LayerStack stack = new LayerStack(ImageShape.units(architecture.inputLength()));
    for (int units : architecture.model().getMlp().getHiddenList()) {
      stack.dense(units, true, true);
      stack.endBlock();
    }
    stack.dense(architecture.classes(), true, false);
    return List.copyOf(stack.layers);
  }

  private static List<Layer> cnn(Architecture architecture) {
    Cnn cnn = architecture.model().getCnn();
    InputPatch patch = InputPatch.of(architecture);
    LayerStack stack =
        new LayerStack(new ImageShape(patch.height(), patch.width(), patch.image().getChannels()));
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    Window kernel = new Window(cnn.getKernel(), 1, same);
    Window pool = new Window(cnn.getPool(), cnn.getPoolStride(), same);
    for (int filters : cnn.getFiltersList()) {
      stack.convolution(filters, kernel, pool);
    }
    for (int units : cnn.getDenseList()) {
      stack.dense(units, false, false);
      stack.layers.add(new BatchNormLayer(stack.name(), stack.shape));
      stack.endBlock();
    }
    stack.dense(architecture.classes(), true, false);
    return List.copyOf(stack.layers);
  }

  private String name() {
    return "layer" + blocks;
  }

  private void dense(int units, boolean biased, boolean relu) {
    /* The network's own input lies as its caller gives it. */
    ImageShape in = layers.isEmpty() ? ImageShape.units(shape.length()) : shape;
    layers.add(new DenseLayer(name(), in, units, biased, relu));
    shape = ImageShape.units(units);
  }

  private void convolution(int filters, Window kernel, Window window) {
    ConvolutionLayer convolution =
        new ConvolutionLayer(name(), shape, filters, kernel, layers.isEmpty());
    PoolLayer pool = new PoolLayer(convolution.outputShape(), window);
    layers.add(convolution);
    layers.add(new BatchNormLayer(name(), convolution.outputShape()));
    layers.add(pool);
    shape = pool.outputShape();
    endBlock();
  }

  private void endBlock() {
    layers.add(new NoiseLayer(blocks, shape));
    blocks++;
  }
}
