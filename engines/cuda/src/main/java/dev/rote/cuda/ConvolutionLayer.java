package dev.rote.cuda;

import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Window;
import dev.rote.cuda.Products.Operand;
import dev.rote.cuda.Products.Size;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation as a product of patches [N places, k k in] and weights [out, k k in]; biases
 * [out] where there are any.
 */
final class ConvolutionLayer implements Layer {
  private final Sliding sliding;
  private final int filters;
  private final boolean first;
  private final int columns;
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private FloatPointer patches = new FloatPointer();
  private FloatPointer output = new FloatPointer();
  private FloatPointer patchGradient = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();

  /**
   * @param below how the input lies on the card
   * @throws IllegalArgumentException if it has groups
   */
  ConvolutionLayer(Node node, Layout below, Convolution op) {
    if (op.groups() > 1) {
      throw new IllegalArgumentException(
          "the engine cuda has no convolution in groups, of which node "
              + node.name()
              + " has "
              + op.groups()
              + ": write groups: 1, or choose rote.engine=nd4j");
    }
    Window window = op.window();
    this.sliding = Sliding.of(below.image(), window);
    this.filters = node.extent().channels();
    this.first = below.kind() == Layout.Kind.ENTERING;
    int in = below.image().channels();
    int taps = window.size() * window.size();
    this.columns = taps * in;
    this.weights =
        new Parameter(
            node.parameters().get(0),
            i -> i / columns * columns + i % in * taps + i % columns / in);
    this.biases = op.biased() ? new Parameter(node.parameters().get(1)) : null;
  }

  private ImageShape outputShape() {
    return new ImageShape(sliding.outHeight(), sliding.outWidth(), filters);
  }

  @Override
  public Layout layout() {
    return new Layout(outputShape(), Layout.Kind.IMAGE);
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
  }

  private int outputLength() {
    return outputShape().length();
  }

  @Override
  public long bufferLength() {
    return 2L * sliding.places() * columns + outputLength() + sliding.image().length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    patches = memory.floats((long) capacity * sliding.places() * columns);
    patchGradient = memory.floats((long) capacity * sliding.places() * columns);
    output = memory.floats((long) capacity * outputLength());
    inputGradient = memory.floats((long) capacity * sliding.image().length());
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    FloatPointer x = inputs.get(0);
    Settings settings = pass.settings();
    int rows = rows(pass);
    geometry(pass.kernel("cutPatches").with(x)).with(patches).overRows(rows, columns);
    pass.products()
        .multiply(
            new Size(rows, filters, columns),
            settings.one(),
            Operand.of(patches),
            Operand.transposed(weights.value()),
            settings.zero(),
            output);
    if (biases != null) {
      int count = Math.multiplyExact(rows, filters);
      pass.kernel("addBiases")
          .with(output)
          .with(biases.value())
          .with(count)
          .with(filters)
          .with(0)
          .overElements(count);
    }
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    Settings settings = pass.settings();
    int rows = rows(pass);
    if (wanted) {
      pass.products()
          .multiply(
              new Size(rows, columns, filters),
              settings.one(),
              Operand.of(dy),
              Operand.of(weights.value()),
              settings.zero(),
              patchGradient);
      geometry(pass.kernel("pastePatches").with(patchGradient))
          .with(inputGradient)
          .overRows(
              pass.n() * sliding.image().height(),
              sliding.image().width() * sliding.image().channels());
    }
    if (pass.training()) {
      weights.update(
          pass,
          (result, alpha, beta) ->
              pass.products()
                  .multiply(
                      new Size(filters, columns, rows),
                      alpha,
                      Operand.transposed(dy),
                      Operand.of(patches),
                      beta,
                      result));
      if (biases != null) {
        biases.updateBySums(pass, dy, rows, filters);
      }
    }
    return List.of(wanted ? inputGradient : dy);
  }

  private int rows(Pass pass) {
    return Math.multiplyExact(pass.n(), sliding.places());
  }

  private Launch geometry(Launch launch) {
    ImageShape image = sliding.image();
    int perPixel = first ? 1 : image.channels();
    return launch
        .with((long) image.length())
        .with(image.width() * perPixel)
        .with(perPixel)
        .with(first ? image.places() : 1)
        .with(image.height())
        .with(image.width())
        .with(image.channels())
        .with(sliding.outHeight())
        .with(sliding.outWidth())
        .with(sliding.window().size())
        .with(sliding.window().stride())
        .with(sliding.top())
        .with(sliding.left());
  }
}
