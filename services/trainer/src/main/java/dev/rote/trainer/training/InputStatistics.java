package dev.rote.trainer.training;

import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.Network;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Mean and deviation of each channel, by which a network normalises what enters: constants of the
 * model, or those of the whole pictures of the training split, {@code m = Σ x / M} and {@code
 * sqrt(Σ x² / M - m²)} over its M values, summed up in float64 in the order of the examples. They
 * are part of the network's state: whoever loads a checkpoint needs no data.
 */
final class InputStatistics {
  private static final int CHUNK = 256;

  /* Below it a channel is constant, and rounding is all that is left of its variance. */
  private static final double LEAST_DEVIATION = 1e-6;

  private final double[] sums;
  private final double[] squares;
  private long values;

  private InputStatistics(int channels) {
    this.sums = new double[channels];
    this.squares = new double[channels];
  }

  /**
   * Writes what a network normalises by; nothing if it does not.
   *
   * @param model of the network
   * @param train the examples that it is trained on
   * @param interrupted asked now and then
   * @throws StoppedException once {@code interrupted} says so
   */
  static void write(Network network, ModelSpec model, Examples train, BooleanSupplier interrupted)
      throws StoppedException {
    if (!model.hasNormalization()) {
      return;
    }
    int channels = train.shape().getChannels();
    InputNormalization normalization = model.getNormalization();
    if (normalization.hasConstants()) {
      InputNormalization.Constants constants = normalization.getConstants();
      write(network, ParameterShape.Role.INPUT_MEAN, each(constants.getMeanList(), channels));
      write(
          network,
          ParameterShape.Role.INPUT_DEVIATION,
          each(constants.getDeviationList(), channels));
      return;
    }
    InputStatistics statistics = new InputStatistics(channels);
    statistics.look(train, interrupted);
    float[] means = new float[channels];
    float[] deviations = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) statistics.mean(c);
      deviations[c] = (float) statistics.deviation(c);
    }
    write(network, ParameterShape.Role.INPUT_MEAN, means);
    write(network, ParameterShape.Role.INPUT_DEVIATION, deviations);
  }

  private static float[] each(List<Double> constants, int channels) {
    float[] values = new float[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = (float) (double) constants.get(c % constants.size());
    }
    return values;
  }

  private static void write(Network network, ParameterShape.Role role, float[] values) {
    network.write(index(network, role), values);
  }

  /** Number of the tensor of a role; -1 if there is none. */
  private static int index(Network network, ParameterShape.Role role) {
    return network.state().parameters().stream().map(ParameterShape::role).toList().indexOf(role);
  }

  /** float32[C]: what the network sees as 0, its mean of each channel or 0. */
  static float[] blank(Network network) {
    float[] blank = new float[network.blueprint().input().getChannels()];
    int mean = index(network, ParameterShape.Role.INPUT_MEAN);
    if (mean >= 0) {
      network.read(mean, blank);
    }
    return blank;
  }

  private void look(Examples train, BooleanSupplier interrupted) throws StoppedException {
    int area = train.shape().getHeight() * train.shape().getWidth();
    int length = sums.length * area;
    int[] indices = new int[CHUNK];
    float[] pictures = new float[CHUNK * length];
    for (int from = 0; from < train.count(); from += CHUNK) {
      if (interrupted.getAsBoolean()) {
        throw new StoppedException();
      }
      int first = from;
      Arrays.setAll(indices, i -> first + i);
      int n = Math.min(CHUNK, train.count() - from);
      train.inputs(indices, n, pictures);
      for (int plane = 0; plane < n * sums.length; plane++) {
        add(plane % sums.length, pictures, plane * area, area);
      }
    }
    values = (long) train.count() * area;
  }

  private void add(int channel, float[] pictures, int at, int area) {
    double sum = sums[channel];
    double square = squares[channel];
    for (int i = at; i < at + area; i++) {
      double value = pictures[i];
      sum += value;
      square += value * value;
    }
    sums[channel] = sum;
    squares[channel] = square;
  }

  private double mean(int channel) {
    return sums[channel] / values;
  }

  private double deviation(int channel) {
    double variance = squares[channel] / values - mean(channel) * mean(channel);
    double deviation = Math.sqrt(Math.max(variance, 0));
    return deviation < LEAST_DEVIATION ? 1 : deviation;
  }
}
