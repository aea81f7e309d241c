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

  /** {@code scale v} */
  private double[] scaled(double[] v) {
    double[] scaled = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      scaled[i] = scale.value()[channel(i)] * v[i];
    }
    return scaled;
  }

  /** ṡ of a channel, 0 where the scale is not trained. */
  private double scaleDot(List<double[]> along, int c) {
    return scale.trained() ? along.get(0)[c] : 0;
  }

  /** {@code ẏ = scale P(ẋ) + ṡ x̂ + ḃ}, along (ṡ, ḃ), with P of {@link Standardization}. */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    double[] shiftDot = along.get(along.size() - 1);
    double[] tangent = scaled(standard.project(dot));
    for (int i = 0; i < tangent.length; i++) {
      int c = channel(i);
      tangent[i] += scaleDot(along, c) * standard.normal()[i] + shiftDot[c];
    }
    return tangent;
  }

  /**
   * With {@code a = scale dy}, {@code ȧ = ṡ dy + scale dẏ} and {@code ẑ = P(ẋ)}: {@code R{dx} =
   * P(ȧ)} and what P(a) turns by, which is nothing in inference.
   */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] shiftProduct = products.get(products.size() - 1);
    double[] normalDot = standard.project(dot);
    double[] aDot = scaled(dyDot);
    for (int i = 0; i < dy.length; i++) {
      int c = channel(i);
      aDot[i] += scaleDot(along, c) * dy[i];
      if (scale.trained()) {
        products.get(0)[c] += dyDot[i] * standard.normal()[i] + dy[i] * normalDot[i];
      }
      shiftProduct[c] += dyDot[i];
    }
    double[] below = standard.project(aDot);
    double[] turned = standard.turn(scaled(dy), dot, normalDot);
    for (int i = 0; i < below.length; i++) {
      below[i] += turned[i];
    }
    return below;
  }
}
