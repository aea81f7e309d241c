package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import dev.rote.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trunk against its own layers, one after the other. */
class ConvolutionTrunkTest {
  private static final int N = 5;
  private static final int CHANNELS = 2;
  private static final int FILTERS = 3;

  /** The first network of a process chooses the native library. */
  @BeforeAll
  static void load() {
    Nd4jRuntime.get();
  }

  /** One block. */
  private record Block(List<Layer> layers, ConvolutionTrunk trunk, int side, boolean exact) {
    long[] shape() {
      return new long[] {CHANNELS, side, side};
    }

    static Block of(int side, Window kernel, Window pool, Arena arena) {
      Extent image = Extent.image(CHANNELS, side, side);
      Node convolved = node(new Convolution(FILTERS, kernel), image);
      Node normal = node(new BatchNorm(), convolved.extent());
      Node pooled = node(new MaxPool(pool), normal.extent());
      ConvolutionLayer convolution =
          new ConvolutionLayer(convolved, image, new Convolution(FILTERS, kernel), arena);
      BatchNormLayer norm = new BatchNormLayer(normal, arena);
      PoolLayer maximum = new PoolLayer("maxpool2d", normal.extent(), pooled.extent(), pool);
      List<Layer> layers =
          List.of(convolution, norm, new ReluLayer(normal.extent(), true), maximum);
      ConvolutionBlock.Layers block = new ConvolutionBlock.Layers(convolution, norm, maximum);
      assertThat(block.fits()).isTrue();
      /* The second filter has a negative scale. */
      List<Parameter> parameters = convolution.parameters();
      write(parameters.get(0), drawn("weights", parameters.get(0).length()));
      write(norm.parameters().get(0), new float[] {1.5f, -0.7f, 0.3f});
      write(norm.parameters().get(1), new float[] {0.2f, 0.1f, -0.4f});
      write(norm.parameters().get(2), new float[] {0.1f, -0.3f, 0.2f});
      write(norm.parameters().get(3), new float[] {2, 0.5f, 1.2f});
      return new Block(
          layers, new ConvolutionTrunk(layers, List.of(block)), side, block.coversAll());
    }

    private static Node node(Op op, Extent below) {
      List<Extent> extents = List.of(below);
      return new Node(
          op.word(), "", op, List.of(0), op.outputOf(extents), op.parameters("layer0", extents));
    }

    private static void write(Parameter parameter, float[] values) {
      Arena.copyIn(values, 0, values.length, parameter.value());
    }
  }

  private static List<Part> chain(List<Layer> layers) {
    List<Part> parts = new ArrayList<>();
    for (Layer layer : layers) {
      parts.add(new Part(layer, List.of(parts.size()), parts.size() + 1));
    }
    return parts;
  }

  private static float[] drawn(String name, int length) {
    float[] values = new float[length];
    CounterRandom.of(5, name).fillGaussian(values, 0, length, 0, 0, 1, 0);
    return values;
  }

  /** Outputs, then gradients of the inputs. */
  private static float[][] run(List<Layer> layers, long[] shape, float[] inputs) {
    try (Pass pass = new Pass(new Arena(1), chain(layers), shape, N, Stage.Mode.INPUT_GRADIENT)) {
      int width = width(layers);
      /* The pass counts its outputs by their values per example. */
      float[] outputs = new float[N * width];
      pass.forward(inputs, 0, N, outputs, 0, null);
      pass.backward(drawn("errors", outputs.length), 0, N, null);
      float[] gradients = new float[inputs.length];
      pass.inputGradients(N, gradients, 0);
      return new float[][] {outputs, gradients};
    }
  }

  private static int width(List<Layer> layers) {
    long[] shape = layers.get(layers.size() - 1).outputShape();
    return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Outputs of a step, then the parameters after it. */
  private static List<float[]> step(List<Layer> layers, long[] shape, int n) {
    StepSettings settings = Fixtures.settings(0.5, 0.9, Fixtures.NONE, 0);
    List<float[]> results = new ArrayList<>();
    try (Pass pass = new Pass(new Arena(1), chain(layers), shape, n, Stage.Mode.TRAINING)) {
      float[] outputs = new float[n * width(layers)];
      float[] inputs = drawn("inputs", n * CHANNELS * (int) (shape[1] * shape[2]));
      pass.forward(inputs, 0, n, outputs, 0, settings);
      float[] errors = drawn("errors", outputs.length);
      for (int i = 0; i < errors.length; i++) {
        errors[i] /= errors.length;
      }
      pass.backward(errors, 0, n, settings);
      results.add(outputs);
    }
    for (Layer layer : layers) {
      for (Parameter parameter : layer.parameters()) {
        float[] values = new float[parameter.length()];
        Arena.copyOut(parameter.value(), values, 0, values.length);
        results.add(values);
      }
    }
    return results;
  }

  @ParameterizedTest(name = "{0} examples, {1} pixels, kernel {2} {3}, pool {4}")
  @CsvSource({
    "5, 9, 2, false, 2",
    "37, 8, 3, false, 3",
    "1, 6, 3, true, 3",
    "64, 6, 2, true, 2",
    "70, 5, 5, false, 1"
  })
  void training_firstBlock_equalsItsLayers(int n, int side, int kernel, boolean same, int size) {
    try (Arena arena = new Arena(1)) {
      Window window = new Window(kernel, 1, same);
      Window pool = new Window(size, size, false);
      Block apart = Block.of(side, window, pool, arena);
      Block together = Block.of(side, window, pool, arena);
      assertThat(together.exact()).isTrue();
      List<float[]> expected = step(apart.layers(), apart.shape(), n);
      List<float[]> actual = step(List.of(together.trunk()), together.shape(), n);
      assertThat(actual).hasSameSizeAs(expected);
      for (int t = 0; t < expected.size(); t++) {
        for (int i = 0; i < expected.get(t).length; i++) {
          assertThat(actual.get(t)[i])
              .as("result %d, value %d", t, i)
              .isCloseTo(expected.get(t)[i], within(2e-4f));
        }
      }
    }
  }

  private static void assertSame(Block block, float[] inputs) {
    float[][] expected = run(block.layers(), block.shape(), inputs);
    float[][] actual = run(List.of(block.trunk()), block.shape(), inputs);
    for (int which = 0; which < 2; which++) {
      assertThat(actual[which]).hasSameSizeAs(expected[which]);
      for (int i = 0; i < expected[which].length; i++) {
        assertThat(actual[which][i]).isCloseTo(expected[which][i], within(1e-4f));
      }
    }
    assertThat(expected[1]).isNotEqualTo(new float[inputs.length]);
  }

  @ParameterizedTest(name = "{0} pixels, kernel {1} {2}, pool {3} / {4}")
  @CsvSource({
    "9, 2, false, 2, 2",
    "9, 3, false, 3, 3",
    "10, 3, false, 2, 3",
    "11, 4, false, 1, 1",
    "6, 3, true, 3, 3",
    "6, 2, true, 2, 2",
    "8, 5, true, 4, 4",
    "5, 5, false, 1, 1",
    "6, 3, false, 4, 4"
  })
  void inference_oneBlock_equalsItsLayers(
      int side, int kernel, boolean same, int pool, int stride) {
    try (Arena arena = new Arena(1)) {
      Block block =
          Block.of(side, new Window(kernel, 1, same), new Window(pool, stride, false), arena);
      assertSame(block, drawn("inputs", N * CHANNELS * side * side));
    }
  }

  /** Of equal values in a window one alone gets the gradient: the first. */
  @Test
  void inference_equalPixels_gradientGoesToTheFirstAlone() {
    try (Arena arena = new Arena(1)) {
      Block block = Block.of(8, new Window(3, 1, false), new Window(3, 3, false), arena);
      float[] flat = new float[N * CHANNELS * 64];
      Arrays.fill(flat, 0.5f);
      assertSame(block, flat);
    }
  }

  @Test
  void fits_windowsThatOverlapOrReachBeyondTheBorder_no() {
    try (Arena arena = new Arena(1)) {
      assertThat(fits(9, new Window(2, 1, false), arena)).isFalse();
      assertThat(fits(9, new Window(2, 2, true), arena)).isFalse();
      assertThat(fits(8, new Window(2, 2, true), arena)).isTrue();
    }
  }

  private static boolean fits(int side, Window pool, Arena arena) {
    Window kernel = new Window(3, 1, true);
    Extent image = Extent.image(CHANNELS, side, side);
    Node convolved = Block.node(new Convolution(FILTERS, kernel), image);
    Node normal = Block.node(new BatchNorm(), convolved.extent());
    Node pooled = Block.node(new MaxPool(pool), normal.extent());
    return new ConvolutionBlock.Layers(
            new ConvolutionLayer(convolved, image, new Convolution(FILTERS, kernel), arena),
            new BatchNormLayer(normal, arena),
            new PoolLayer("maxpool2d", normal.extent(), pooled.extent(), pool))
        .fits();
  }
}
