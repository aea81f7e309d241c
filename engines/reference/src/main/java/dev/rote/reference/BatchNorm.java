package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.Normalization;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, ICML 2015, Algorithms 1 and 2): {@code y =
 * scale c / sqrt(variance + eps) + shift}, {@code c = x - mean}, with the (biased) statistics of
 * the batch while training and running averages of them in inference. Differs from the paper: the
 * running variance is not corrected by M / (M - 1).
 */
final class BatchNorm implements UnaryLayer {
  private final int channels;
  private final int area;
  private final Parameter scale;
  private final Parameter shift;
  private final Rescaling rescaling;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final double[] inverseDeviation;
  private double[] centered = new double[0];
  private Standardization standard = new Standardization(new double[0], 0, i -> i);
  private boolean ofBatch;

  BatchNorm(Node node) {
    this.channels = node.extent().channels();
    this.area = node.extent().places();
    List<Parameter> all = Parameter.of(node);
    this.scale = all.get(0);
    this.shift = all.get(1);
    this.rescaling = new Rescaling(scale, shift, this::channel);
    this.runningMean = all.get(2);
    this.runningVariance = all.get(3);
    this.inverseDeviation = new double[channels];
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  private int channel(int i) {
    return i / area % channels;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    return forward(x, n, settings != null, settings != null);
  }

  @Override
  public double[] forwardOfBatch(double[][] x, int n) {
    return forward(x[0], n, true, false);
  }

  private double[] forward(double[] x, int n, boolean statisticsOfBatch, boolean tracked) {
    ofBatch = statisticsOfBatch;
    double[] mean = ofBatch ? means(x, n) : widened(runningMean.value());
    centered = new double[x.length];
    double[] squares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      centered[i] = x[i] - mean[channel(i)];
      squares[i] = centered[i] * centered[i];
    }
    double[] variance = ofBatch ? means(squares, n) : widened(runningVariance.value());
    if (tracked) {
      track(runningMean.value(), mean);
      track(runningVariance.value(), variance);
    }
    standard =
        ofBatch
            ? new Standardization(x, channels, this::channel)
            : new Standardization(x, mean, variance, channels, this::channel);
    for (int c = 0; c < channels; c++) {
      inverseDeviation[c] = 1 / Math.sqrt(variance[c] + Normalization.EPSILON);
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = channel(i);
      y[i] = scale.value()[c] * centered[i] * inverseDeviation[c] + shift.value()[c];
    }
    return y;
  }

  /*
   * With g = dL/dy, i = 1 / sqrt(var + eps), M values a channel:
   *   d scale = i sum g c, d shift = sum g,
   *   dx = scale i (g - d shift / M - c i d scale / M); in inference scale i g.
   */
  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dScale = new double[channels];
    double[] dShift = new double[channels];
    for (int i = 0; i < dy.length; i++) {
      int c = channel(i);
      dScale[c] += inverseDeviation[c] * dy[i] * centered[i];
      dShift[c] += dy[i];
    }
    double[] dx = new double[dy.length];
    double m = (double) n * area;
    for (int i = 0; i < dy.length; i++) {
      int c = channel(i);
      double pull = dShift[c] / m + centered[i] * inverseDeviation[c] * dScale[c] / m;
      dx[i] = scale.value()[c] * inverseDeviation[c] * (dy[i] - (ofBatch ? pull : 0));
    }
    for (int c = 0; c < channels; c++) {
      if (scale.trained()) {
        scale.gradient()[c] += dScale[c];
      }
      shift.gradient()[c] += dShift[c];
    }
    return dx;
  }

  private double[] means(double[] values, int n) {
    double[] means = new double[channels];
    for (int i = 0; i < values.length; i++) {
      means[channel(i)] += values[i];
    }
    for (int c = 0; c < channels; c++) {
      means[c] /= (double) n * area;
    }
    return means;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int c = 0; c < values.length; c++) {
      wide[c] = values[c];
    }
    return wide;
  }

  private static void track(float[] running, double[] batch) {
    for (int c = 0; c < running.length; c++) {
      running[c] =
          (float) (Normalization.DECAY * running[c] + (1 - Normalization.DECAY) * batch[c]);
    }
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return rescaling.tangent(standard, dot, along);
  }

  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    return rescaling.curve(standard, dyDot, dy, dot, along, products);
  }
}
