package dev.rote.networks.nd4j;

import static dev.rote.blueprint.Normalization.EPSILON;

import dev.rote.networks.StepSettings;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a step of training does to a {@link BatchNormLayer} once the sums over its channels are
 * known.
 *
 * <p>With g = dL/dy, i = 1 / sqrt(var + eps), c = x - mean, M values a channel:
 *
 * <pre>{@code
 * d scale = i sum g c, d shift = sum g,
 * dx = scale i (g - d shift / M - c i d scale / M)
 * }</pre>
 */
final class BatchNormStep {

  /** {@code dx = slope g + centeredSlope (x - mean) + offset} of a channel. */
  record InputGradient(float slope, float mean, float centeredSlope, float offset) {}

  private final BatchNormLayer layer;
  private final double valuesPerChannel;
  private final double[] inverseDeviation;
  private final float[] means;
  private final float[] slopes;
  private final float[] centeredSlopes;
  private final float[] offsets;
  private float[] shifts = new float[0];
  private final INDArray scaleGradient;
  private final INDArray shiftGradient;

  /**
   * @param valuesPerChannel M
   */
  BatchNormStep(BatchNormLayer layer, double valuesPerChannel, Arena arena) {
    int channels = layer.channels();
    this.layer = layer;
    this.valuesPerChannel = valuesPerChannel;
    this.inverseDeviation = new double[channels];
    this.means = new float[channels];
    this.slopes = new float[channels];
    this.centeredSlopes = new float[channels];
    this.offsets = new float[channels];
    this.scaleGradient = arena.zeros(channels);
    this.shiftGradient = arena.zeros(channels);
  }

  /**
   * Takes the statistics of the batch, and moves the running ones.
   *
   * @param settings of the step; none: they stay
   */
  void forward(double[] mean, double[] variance, @Nullable StepSettings settings) {
    float[] scale = layer.read(layer.scale());
    shifts = layer.read(layer.shift());
    for (int c = 0; c < scale.length; c++) {
      means[c] = (float) mean[c];
      inverseDeviation[c] = 1 / Math.sqrt(variance[c] + EPSILON);
      slopes[c] = (float) (scale[c] * inverseDeviation[c]);
    }
    if (settings != null) {
      layer.track(mean, variance);
    }
  }

  /** {@code y = slope (x - mean) + shift} */
  float slope(int channel) {
    return slopes[channel];
  }

  float mean(int channel) {
    return means[channel];
  }

  float shift(int channel) {
    return shifts[channel];
  }

  float[] slopes() {
    return slopes;
  }

  /**
   * Takes sum g c and sum g, and updates the parameters.
   *
   * @param settings of the step; none: no update
   */
  void backward(double[] timesCentered, double[] gradients, @Nullable StepSettings settings) {
    float[] dScale = new float[slopes.length];
    float[] dShift = new float[slopes.length];
    float[] scale = layer.read(layer.scale());
    for (int c = 0; c < slopes.length; c++) {
      double i = inverseDeviation[c];
      double g = scale[c] * i;
      double sum = timesCentered[c] * i;
      dScale[c] = (float) sum;
      dShift[c] = (float) gradients[c];
      centeredSlopes[c] = (float) (-g * i * sum / valuesPerChannel);
      offsets[c] = (float) (-g * gradients[c] / valuesPerChannel);
    }
    if (settings != null) {
      Arena.copyIn(dScale, 0, dScale.length, scaleGradient);
      Arena.copyIn(dShift, 0, dShift.length, shiftGradient);
      if (layer.scale().shape().role().trained()) {
        layer.scale().update(scaleGradient, settings);
      }
      layer.shift().update(shiftGradient, settings);
    }
  }

  float[] centeredSlopes() {
    return centeredSlopes;
  }

  float[] offsets() {
    return offsets;
  }

  InputGradient inputGradient(int c) {
    return new InputGradient(slopes[c], means[c], centeredSlopes[c], offsets[c]);
  }
}
