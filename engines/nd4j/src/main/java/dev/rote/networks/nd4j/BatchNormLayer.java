package dev.rote.networks.nd4j;

import static dev.rote.blueprint.Normalization.DECAY;
import static dev.rote.blueprint.Normalization.EPSILON;

import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, ICML 2015, Algorithms 1 and 2): {@code y =
 * scale (x - mean) / sqrt(variance + eps) + shift}, with the (biased) statistics of the batch while
 * training and running averages of them, decay 0.9, in inference. Differs from the paper: the
 * running variance is not corrected by M / (M - 1).
 */
final class BatchNormLayer extends SameShapeLayer {
  private final int channels;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter mean;
  private final Parameter variance;

  BatchNormLayer(Node node, Arena arena) {
    super(node.extent());
    List<Parameter> all = Parameter.of(node, arena);
    this.channels = node.extent().channels();
    this.scale = all.get(0);
    this.shift = all.get(1);
    this.mean = all.get(2);
    this.variance = all.get(3);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, mean, variance);
  }

  int channels() {
    return channels;
  }

  Parameter scale() {
    return scale;
  }

  Parameter shift() {
    return shift;
  }

  /** Running means: inference is {@code y = slope (x - mean) + shift}. */
  Parameter mean() {
    return mean;
  }

  /** {@code scale / sqrt(variance + eps)} of the running statistics. */
  float[] slopes() {
    float[] slopes = read(scale);
    float[] running = read(variance);
    for (int c = 0; c < channels; c++) {
      slopes[c] = (float) (slopes[c] / Math.sqrt(running[c] + EPSILON));
    }
    return slopes;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode.ofBatch() ? new Training(input, mode, arena) : new Inference(input, mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    int examples = (int) of.dot().examples();
    int area = (int) of.dot().width() / channels;
    return new NormDirection(
        of,
        new NormDirection.Channels(examples, channels, area),
        scale,
        of.mode().ofBatch() ? List.of() : List.of(mean, variance),
        freshDot(of, arena));
  }

  /** {@code out = scale (x - mean) / sqrt(variance + eps) + shift} per channel. */
  private static NativeCall normalize(
      INDArray x,
      INDArray mean,
      INDArray variance,
      INDArray scale,
      INDArray shift,
      double epsilon,
      INDArray out) {
    return NativeCall.of(
        "batchnorm",
        new INDArray[] {x, mean, variance, scale, shift},
        new INDArray[] {out},
        new double[] {epsilon},
        1,
        1,
        1);
  }

  private final class Inference implements Stage, ExampleNorms {
    private final Signal input;
    private final Signal output;
    private final NativeCall forward;
    private final INDArray slope;
    private final @Nullable NativeCall backward;

    Inference(Signal input, Mode mode, Arena arena) {
      this.input = input;
      this.output = fresh(input, mode, arena);
      this.forward =
          normalize(
              input.value(),
              mean.value(),
              variance.value(),
              scale.value(),
              shift.value(),
              EPSILON,
              output.value());
      this.slope = arena.zeros(channels);
      INDArray dx = input.gradient();
      INDArray dy = output.gradient();
      INDArray zeros = arena.zeros(channels);
      INDArray ones = arena.filled(1, channels);
      this.backward =
          dx == null || dy == null ? null : normalize(dy, zeros, ones, slope, zeros, 0, dx);
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      forward.run();
    }

    @Override
    public void addNorms(double[] squares, int offset, int n) {
      BatchNormLayer.this.addNorms(input.value(), output.wanted(), squares, offset, n);
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (backward == null) {
        return;
      }
      Arena.copyIn(slopes(), 0, channels, slope);
      backward.run();
    }
  }

  /**
   * With x̂ normalised by running statistics and sums over the pixels of a channel: {@code (Σ dy
   * x̂)²} of its scale, where that is trained, and {@code (Σ dy)²} of its shift.
   */
  private void addNorms(INDArray x, INDArray dy, double[] squares, int offset, int n) {
    int width = (int) (x.length() / x.size(0));
    float[] inputs = new float[n * width];
    float[] errors = new float[n * width];
    Arena.copyOut(x, inputs, 0, inputs.length);
    Arena.copyOut(dy, errors, 0, errors.length);
    float[] means = read(mean);
    float[] variances = read(variance);
    boolean scales = scale.shape().role().trained();
    int area = width / channels;
    for (int at = 0; at < n * width; at += area) {
      int c = at / area % channels;
      double ofScale = 0;
      double ofShift = 0;
      for (int j = at; j < at + area; j++) {
        ofScale += (double) errors[j] * (inputs[j] - means[c]);
        ofShift += errors[j];
      }
      ofScale /= Math.sqrt(variances[c] + EPSILON);
      squares[offset + at / width] += (scales ? ofScale * ofScale : 0) + ofShift * ofShift;
    }
  }

  /** Values of a parameter. */
  float[] read(Parameter parameter) {
    float[] values = new float[channels];
    Arena.copyOut(parameter.value(), values, 0, channels);
    return values;
  }

  /** Moves the running statistics towards those of a batch. */
  void track(double[] batchMean, double[] batchVariance) {
    track(mean, batchMean);
    track(variance, batchVariance);
  }

  private void track(Parameter running, double[] batch) {
    float[] values = read(running);
    for (int c = 0; c < channels; c++) {
      values[c] = (float) (DECAY * values[c] + (1 - DECAY) * batch[c]);
    }
    Arena.copyIn(values, 0, channels, running.value());
  }

  private final class Training implements Stage {
    private final Signal output;
    private final BatchNormStep step;
    private final double valuesPerChannel;
    private final INDArray batchMean;
    private final INDArray forwardSlope;
    private final INDArray slope;
    private final INDArray offset;
    private final INDArray gradientSlope;
    private final ChannelSums inputSums;
    private final ChannelSums scratchSums;
    private final ChannelSums gradientSums;
    private final NativeCall center;
    private final NativeCall square;
    private final NativeCall affine;
    private final NativeCall gradientTimesCentered;
    private final @Nullable NativeCall correction;
    private final @Nullable NativeCall scaledGradient;
    private final @Nullable NativeCall addCorrection;

    Training(Signal input, Mode mode, Arena arena) {
      INDArray x = input.value();
      this.output = fresh(input, mode, arena);
      this.valuesPerChannel = (double) x.length() / channels;
      this.step = new BatchNormStep(BatchNormLayer.this, valuesPerChannel, arena);
      INDArray centered = arena.zeros(x.shape());
      INDArray scratch = arena.zeros(x.shape());
      INDArray zeros = arena.zeros(channels);
      INDArray ones = arena.filled(1, channels);
      this.batchMean = arena.zeros(channels);
      this.forwardSlope = arena.zeros(channels);
      this.slope = arena.zeros(channels);
      this.offset = arena.zeros(channels);
      this.gradientSlope = arena.zeros(channels);
      this.inputSums = new ChannelSums(x, channels, arena);
      this.scratchSums = new ChannelSums(scratch, channels, arena);
      this.center = normalize(x, batchMean, ones, ones, zeros, 0, centered);
      this.square = NativeCall.elementwise("multiply", centered, centered, scratch);
      INDArray y = output.value();
      this.affine = normalize(centered, zeros, ones, forwardSlope, shift.value(), 0, y);
      INDArray dy = Objects.requireNonNull(output.gradient());
      this.gradientSums = new ChannelSums(dy, channels, arena);
      this.gradientTimesCentered = NativeCall.elementwise("multiply", dy, centered, scratch);
      INDArray dx = input.gradient();
      this.correction =
          dx == null ? null : normalize(centered, zeros, ones, slope, offset, 0, scratch);
      this.scaledGradient =
          dx == null ? null : normalize(dy, zeros, ones, gradientSlope, zeros, 0, dx);
      this.addCorrection = dx == null ? null : NativeCall.elementwise("add", dx, scratch, dx);
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      double[] mu = mean(inputSums.sums());
      write(mu, batchMean);
      center.run();
      square.run();
      step.forward(mu, mean(scratchSums.sums()), settings);
      write(step.slopes(), forwardSlope);
      affine.run();
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      double[] gradients = gradientSums.sums();
      gradientTimesCentered.run();
      step.backward(scratchSums.sums(), gradients, settings);
      if (correction != null && scaledGradient != null && addCorrection != null) {
        write(step.slopes(), gradientSlope);
        write(step.centeredSlopes(), slope);
        write(step.offsets(), offset);
        correction.run();
        scaledGradient.run();
        addCorrection.run();
      }
    }

    private double[] mean(double[] sums) {
      for (int c = 0; c < channels; c++) {
        sums[c] /= valuesPerChannel;
      }
      return sums;
    }

    private void write(double[] values, INDArray array) {
      float[] floats = new float[channels];
      for (int c = 0; c < channels; c++) {
        floats[c] = (float) values[c];
      }
      write(floats, array);
    }

    private void write(float[] values, INDArray array) {
      Arena.copyIn(values, 0, channels, array);
    }
  }
}
