package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution along a direction (V, v): {@code ẏ = ẋ ⋆ W + x ⋆ V + v}. With dx(dy, W) and dW(x,
 * dy) the two halves of its gradient, derivatives of dx: {@code dx(dẏ, W) + dx(dy, V)}, of dW:
 * {@code dW(x, dẏ) + dW(ẋ, dy)}, of db: sums of dẏ. Groups are the same with kernels that are 0
 * where they see no channel.
 */
final class ConvolutionDirection implements DirectionStage {
  private final Signal output;
  private final GroupedKernels weights;
  private final GroupedKernels along;
  private final GroupedKernels products;
  private final NativeCall ofDot;
  private final NativeCall ofWeights;
  private final NativeCall addSum;
  private final NativeCall backward;
  private final NativeCall backwardOfDot;
  private final NativeCall gradients;
  private final NativeCall addBelow;
  private final NativeCall addProducts;

  ConvolutionDirection(DirectionOf of, ConvolutionLayer layer, Arena arena) {
    INDArray x = of.input().value();
    INDArray dot = of.dot().value();
    this.output = Layer.fresh(of.dot().examples(), layer.outputShape(), Mode.INPUT_GRADIENT, arena);
    int groups = layer.groups();
    this.weights = new GroupedKernels(layer.weights().value(), groups, arena);
    this.along = new GroupedKernels(of.along().get(0), groups, arena);
    this.products = new GroupedKernels(of.products().get(0), groups, arena);
    List<INDArray> biases = of.along().subList(1, of.along().size());
    List<INDArray> biasProducts = of.products().subList(1, of.products().size());
    INDArray sum = arena.zeros(output.value().shape());
    INDArray below = arena.zeros(x.shape());
    INDArray product = arena.zeros(products.full().shape());
    INDArray dy = of.output().wanted();
    INDArray dyDot = output.wanted();
    long[] slide = NativeCall.slide(layer.window(), false);
    this.ofDot = call("conv2d", list(dot, weights.full(), biases), List.of(output.value()), slide);
    this.ofWeights = call("conv2d", list(x, along.full(), List.of()), List.of(sum), slide);
    this.addSum = NativeCall.elementwise("add", output.value(), sum, output.value());
    List<INDArray> first = list(x, weights.full(), biases);
    first.add(dyDot);
    this.backward =
        call("conv2d_bp", first, list(of.dot().wanted(), products.full(), biasProducts), slide);
    this.backwardOfDot =
        call("conv2d_bp", list(dot, along.full(), List.of(dy)), List.of(below, product), slide);
    List<INDArray> plain = list(x, weights.full(), biases);
    plain.add(dy);
    this.gradients = call("conv2d_bp", plain, list(below, products.full(), biasProducts), slide);
    this.addBelow = NativeCall.elementwise("add", of.dot().wanted(), below, of.dot().wanted());
    this.addProducts = NativeCall.elementwise("add", products.full(), product, products.full());
  }

  private static NativeCall call(
      String name, List<INDArray> inputs, List<INDArray> outputs, long[] slide) {
    return NativeCall.of(
        name, inputs.toArray(INDArray[]::new), outputs.toArray(INDArray[]::new), slide);
  }

  private static List<INDArray> list(INDArray first, INDArray second, List<INDArray> others) {
    List<INDArray> all = new ArrayList<>(List.of(first, second));
    all.addAll(others);
    return all;
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    weights.expand();
    along.expand();
    ofDot.run();
    ofWeights.run();
    addSum.run();
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    backward.run();
    backwardOfDot.run();
    addBelow.run();
    addProducts.run();
    products.gather();
  }

  @Override
  public void gradients() {
    weights.expand();
    gradients.run();
    products.gather();
  }
}
