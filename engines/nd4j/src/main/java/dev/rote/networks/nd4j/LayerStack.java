package dev.rote.networks.nd4j;

import dev.rote.networks.Architecture;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Window;
import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The layers of an architecture, input to logits. */
final class LayerStack {
  private final List<Layer> layers = new ArrayList<>();
  private final Arena arena;
  private long[] shape;
  private int blocks;

  private LayerStack(Arena arena, long... inputShape) {
    this.arena = arena;
    this.shape = inputShape.clone();
  }

  /**
   * Builds the layers.
   *
   * @param arena owner of the parameters
   * @throws IllegalArgumentException if the architecture does not fit the input
   */
  static List<Layer> of(Architecture architecture, Arena arena) {
    return switch (architecture.model().getArchitectureCase()) {
      case MLP -> mlp(architecture, arena);
      case CNN -> cnn(architecture, arena);
      case ARCHITECTURE_NOT_SET ->
          throw new IllegalArgumentException("model must name an architecture: mlp or cnn");
    };
  }

  private static List<Layer> mlp(Architecture architecture, Arena arena) {
    Mlp mlp = architecture.model().getMlp();
    LayerStack stack = new LayerStack(arena, architecture.inputLength());
    for (int units : mlp.getHiddenList()) {
      stack.dense(units, true);
      stack.layers.add(new ReluLayer(stack.shape));
      stack.endBlock();
    }
    stack.dense(architecture.classes(), true);
    return List.copyOf(stack.layers);
  }

  private static List<Layer> cnn(Architecture architecture, Arena arena) {
    Cnn cnn = architecture.model().getCnn();
    LayerStack stack = new LayerStack(arena, InputPatch.of(architecture).croppedShape());
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    Window kernel = new Window(cnn.getKernel(), 1, same);
    Window pool = new Window(cnn.getPool(), cnn.getPoolStride(), same);
    List<ConvolutionBlock.Layers> blocks = new ArrayList<>();
    for (int filters : cnn.getFiltersList()) {
      blocks.add(stack.block(filters, kernel, pool));
    }
    if (Nd4jRuntime.get().onCpu() && blocks.stream().allMatch(ConvolutionBlock.Layers::fits)) {
      ConvolutionTrunk trunk = new ConvolutionTrunk(stack.layers, blocks);
      stack.layers.clear();
      stack.layers.add(trunk);
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
    long in = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    add(new DenseLayer(name(), in, units, biased, arena));
  }

  private BatchNormLayer normalize() {
    BatchNormLayer norm = new BatchNormLayer(name(), shape, arena);
    add(norm);
    add(new ReluLayer(shape));
    return norm;
  }

  private ConvolutionBlock.Layers block(int filters, Window kernel, Window window) {
    ConvolutionLayer convolution = new ConvolutionLayer(name(), shape, filters, kernel, arena);
    add(convolution);
    BatchNormLayer norm = normalize();
    PoolLayer pool = new PoolLayer(shape, window);
    add(pool);
    endBlock();
    return new ConvolutionBlock.Layers(convolution, norm, pool);
  }

  private void endBlock() {
    add(new NoiseLayer(blocks, shape));
    blocks++;
  }
}
