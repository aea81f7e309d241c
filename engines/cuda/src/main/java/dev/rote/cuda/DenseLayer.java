package dev.rote.cuda;

import dev.rote.blueprint.Node;
import dev.rote.cuda.Products.Operand;
import dev.rote.cuda.Products.Size;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x W + b}, W [in, out], and a ReLU where one follows; b is absent before batch norm.
 */
final class DenseLayer implements Layer {
  private final int in;
  private final int out;
  private final boolean relu;
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private FloatPointer input = new FloatPointer();
  private FloatPointer output = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();

  /**
   * @param below how the input lies on the card
   */
  DenseLayer(Node node, Layout below, boolean relu) {
    this.in = below.length();
    this.out = node.extent().length();
    this.relu = relu;
    /* Rows of W: channels first in checkpoints, last on the card. */
    IntUnaryOperator order = i -> below.unit(i / out) * out + i % out;
    this.weights = new Parameter(node.parameters().get(0), order);
    this.biases = node.parameters().size() > 1 ? new Parameter(node.parameters().get(1)) : null;
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  FloatPointer weights() {
    return weights.value();
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
  }

  @Override
  public Layout layout() {
    return Layout.units(out);
  }

  @Override
  public long bufferLength() {
    return (long) in + out;
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * out);
    inputGradient = memory.floats((long) capacity * in);
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    FloatPointer x = inputs.get(0);
    input = x;
    Settings settings = pass.settings();
    pass.products()
        .multiply(
            new Size(pass.n(), out, in),
            settings.one(),
            Operand.of(x),
            Operand.of(weights.value()),
            settings.zero(),
            output);
    addBiases(pass.stream(), output, pass.n());
    return output;
  }

  /** {@code z + b}, if there are biases, and the ReLU, in place. */
  void addBiases(Stream stream, FloatPointer z, int n) {
    if (biases != null) {
      int count = Math.multiplyExact(n, out);
      stream
          .kernel("addBiases")
          .with(z)
          .with(biases.value())
          .with(count)
          .with(out)
          .with(relu ? 1 : 0)
          .overElements(count);
    }
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    int n = pass.n();
    Settings settings = pass.settings();
    if (relu) {
      int count = Math.multiplyExact(n, out);
      pass.kernel("maskByOutput").with(dy).with(output).with(count).with(count).overElements(count);
    }
    if (wanted) {
      pass.products()
          .multiply(
              new Size(n, in, out),
              settings.one(),
              Operand.of(dy),
              Operand.transposed(weights.value()),
              settings.zero(),
              inputGradient);
    }
    if (pass.training()) {
      update(pass, dy);
    }
    return List.of(wanted ? inputGradient : dy);
  }

  private void update(Pass pass, FloatPointer dy) {
    weights.update(
        pass,
        (result, alpha, beta) ->
            pass.products()
                .multiply(
                    new Size(in, out, pass.n()),
                    alpha,
                    Operand.transposed(input),
                    Operand.of(dy),
                    beta,
                    result));
    if (biases != null) {
      biases.updateBySums(pass, dy, pass.n(), out);
    }
  }
}
