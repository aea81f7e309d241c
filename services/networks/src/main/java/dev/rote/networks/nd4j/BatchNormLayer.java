package dev.rote.networks.nd4j;

import static dev.rote.networks.Normalization.DECAY;
import static dev.rote.networks.Normalization.EPSILON;

import dev.rote.networks.StepSettings;
import dev.rote.networks.nd4j.Parameter.Role;
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
final class BatchNormLayer implements Layer {
  private final long[] shape;
  private final int channels;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter mean;
  private final Parameter variance;

  BatchNormLayer(String name, long[] shape, Arena arena) {
    this.shape = shape.clone();
    this.channels = (int) shape[0];
    this.scale = new Parameter(name + "/scale", Role.SCALE, arena, channels);
    this.shift = new Parameter(name + "/shift", Role.SHIFT, arena, channels);
    this.mean = new Parameter(name + "/mean", Role.RUNNING_MEAN, arena, channels);
    this.variance = new Parameter(name + "/variance", Role.RUNNING_VARIANCE, arena, channels);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, mean, variance);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(Stage.Signal input, Stage.Mode mode, Arena arena) {
    return mode.training() ? new Training(input, mode, arena) : new Inference(input, mode, arena);
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

  private final class Inference implements Stage {
    private final Signal output;
    private final NativeCall forward;
    private final INDArray slope;
    private final @Nullable NativeCall backward;

    Inference(Signal input, Mode mode, Arena arena) {
      this.output = Layer.fresh(input.examples(), shape, mode, arena);
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
    public void backward(@Nullable StepSettings settings) {
      if (backward == null) {
        return;
      }
      float[] gamma = read(scale.value());
      float[] running = read(variance.value());
      for (int c = 0; c < channels; c++) {
        gamma[c] = (float) (gamma[c] / Math.sqrt(running[c] + EPSILON));
      }
      Arena.copyIn(gamma, 0, channels, slope);
      backward.run();
    }
  }

  private float[] read(INDArray array) {
    float[] values = new float[channels];
    Arena.copyOut(array, values, 0, channels);
    return values;
  }

  private final class Training implements Stage {
    private final Signal output;
    private final double valuesPerChannel;
    private final double[] inverseDeviation;
    private final INDArray batchMean;
    private final INDArray forwardSlope;
    private final INDArray slope;
    private final INDArray offset;
    private final INDArray gradientSlope;
    private final INDArray scaleGradient;
    private final INDArray shiftGradient;
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
      long n = input.examples();
      INDArray x = input.value();
      this.output = Layer.fresh(n, shape, mode, arena);
      this.valuesPerChannel = (double) x.length() / channels;
      INDArray centered = arena.zeros(x.shape());
      INDArray scratch = arena.zeros(x.shape());
      INDArray zeros = arena.zeros(channels);
      INDArray ones = arena.filled(1, channels);
      this.batchMean = arena.zeros(channels);
      this.inverseDeviation = new double[channels];
      this.forwardSlope = arena.zeros(channels);
      this.slope = arena.zeros(channels);
      this.offset = arena.zeros(channels);
      this.gradientSlope = arena.zeros(channels);
      this.scaleGradient = arena.zeros(channels);
      this.shiftGradient = arena.zeros(channels);
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
      double[] var = mean(scratchSums.sums());
      float[] gamma = read(scale.value());
      double[] slopes = new double[channels];
      for (int c = 0; c < channels; c++) {
        inverseDeviation[c] = 1 / Math.sqrt(var[c] + EPSILON);
        slopes[c] = gamma[c] * inverseDeviation[c];
      }
      write(slopes, forwardSlope);
      affine.run();
      track(mean, mu);
      track(variance, var);
    }

    /*
     * With g = dL/dy, i = 1 / sqrt(var + eps), c = x - mean, M values a channel:
     *   d scale = i sum g c, d shift = sum g,
     *   dx = scale i (g - d shift / M - c i d scale / M).
     */
    @Override
    public void backward(@Nullable StepSettings settings) {
      double[] dShift = gradientSums.sums();
      gradientTimesCentered.run();
      double[] dScale = scratchSums.sums();
      for (int c = 0; c < channels; c++) {
        dScale[c] *= inverseDeviation[c];
      }
      if (correction != null && scaledGradient != null && addCorrection != null) {
        float[] gamma = read(scale.value());
        double[] g = new double[channels];
        double[] a = new double[channels];
        double[] b = new double[channels];
        for (int c = 0; c < channels; c++) {
          g[c] = gamma[c] * inverseDeviation[c];
          a[c] = -g[c] * inverseDeviation[c] * dScale[c] / valuesPerChannel;
          b[c] = -g[c] * dShift[c] / valuesPerChannel;
        }
        write(g, gradientSlope);
        write(a, slope);
        write(b, offset);
        correction.run();
        scaledGradient.run();
        addCorrection.run();
      }
      if (settings != null) {
        write(dScale, scaleGradient);
        write(dShift, shiftGradient);
        scale.update(scaleGradient, settings);
        shift.update(shiftGradient, settings);
      }
    }

    private double[] mean(double[] sums) {
      for (int c = 0; c < channels; c++) {
        sums[c] /= valuesPerChannel;
      }
      return sums;
    }

    private void track(Parameter running, double[] batch) {
      float[] values = read(running.value());
      for (int c = 0; c < channels; c++) {
        values[c] = (float) (DECAY * values[c] + (1 - DECAY) * batch[c]);
      }
      Arena.copyIn(values, 0, channels, running.value());
    }

    private void write(double[] values, INDArray array) {
      float[] floats = new float[channels];
      for (int c = 0; c < channels; c++) {
        floats[c] = (float) values[c];
      }
      Arena.copyIn(floats, 0, channels, array);
    }
  }
}
