package dev.rote.metrics.sensitivity;

import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Directions;
import dev.rote.networks.Network;
import dev.rote.v1.LossSensitivity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loss-sensitivity (Arpit et al. 2017, section 3.2): {@code g_x^t = ||∂L_t/∂x||} and its mean over
 * the steps looked at, for each training example x kept. Norms and means in float64. Losses and
 * steps are those of training: where a network has batch norm, mean and variance of each step's
 * batch take part, and running statistics, which training never reads, do not. Differs from the
 * paper: none; as in the author's code, an example does not count in the batch of L_t itself.
 */
public final class Sensitivities {
  /** Native memory that the directions and influences of one sweep may take. */
  private static final long SWEEP_BYTES = 256L << 20;

  private final LossSensitivity spec;
  private final Blueprint blueprint;
  private final ExampleSet examples;
  private final long sweepBytes;
  private final int kept;
  private final double[] sums;
  private final @Nullable ClassMatrix matrix;
  private int losses;

  /**
   * @param spec all defaults filled in
   * @param examples the training split
   */
  public Sensitivities(LossSensitivity spec, ExampleSet examples, Blueprint blueprint) {
    this(spec, examples, blueprint, SWEEP_BYTES);
  }

  /**
   * @param sweepBytes native memory that a sweep of more than one loss may take
   */
  Sensitivities(LossSensitivity spec, ExampleSet examples, Blueprint blueprint, long sweepBytes) {
    this.spec = spec;
    this.sweepBytes = sweepBytes;
    this.blueprint = blueprint;
    this.examples = examples;
    long wanted = Integer.toUnsignedLong(spec.getCount());
    this.kept = (int) Math.min(wanted == 0 ? examples.size() : wanted, examples.size());
    this.sums = new double[kept];
    this.matrix = spec.getClassMatrix() ? new ClassMatrix(blueprint.classes()) : null;
    for (int i = 0; matrix != null && i < kept; i++) {
      matrix.countExample(examples.label(i));
    }
  }

  /** Computes all sensitivities of a run of {@code steps} steps that begins at {@code start}. */
  public void compute(Trajectory trajectory, Weights start, long steps) {
    List<Loss> all = lossesOf(trajectory, steps);
    if (all.isEmpty() || kept == 0) {
      return;
    }
    int largest = largestSweep();
    int sweeps = (all.size() + largest - 1) / largest;
    int group = (all.size() + sweeps - 1) / sweeps;
    try (Directions directions = directions(trajectory.network(), group)) {
      Sweep sweep = new Sweep(trajectory, directions, kept);
      for (int from = 0; from < all.size(); from += group) {
        List<Loss> some = all.subList(from, Math.min(from + group, all.size()));
        sweep.run(start, some);
        take(directions, some);
      }
    }
  }

  private Directions directions(Network network, int count) {
    return network.directions(count, kept, Directions.Mode.TRAINING);
  }

  private List<Loss> lossesOf(Trajectory trajectory, long steps) {
    List<Loss> all = new ArrayList<>();
    List<Long> looked =
        Loss.steps(
            steps,
            Integer.toUnsignedLong(spec.getTailSteps()),
            Integer.toUnsignedLong(spec.getEverySteps()));
    for (long step : looked) {
      all.add(Loss.of(step));
      if (matrix != null) {
        for (int label : trajectory.labelsOf(step)) {
          all.add(new Loss(step, label));
          matrix.countLoss(label);
        }
      }
    }
    losses = looked.size();
    return all;
  }

  /** Losses that fit into one sweep. */
  private int largestSweep() {
    long parameters = blueprint.trainable();
    long each = kept * (blueprint.inputLength() + 1L) + parameters;
    return (int) Math.max(1, Math.min(sweepBytes / Float.BYTES / each, 1 << 20));
  }

  /** At most so many pulses come from {@link #compute} for a run of {@code steps} steps. */
  long mostPulses(long steps) {
    long looked =
        Loss.steps(
                steps,
                Integer.toUnsignedLong(spec.getTailSteps()),
                Integer.toUnsignedLong(spec.getEverySteps()))
            .size();
    long all = matrix == null ? looked : looked * (1L + blueprint.classes());
    long sweeps = kept == 0 ? 0 : (all + largestSweep() - 1) / largestSweep();
    return sweeps == 0 ? 0 : sweeps * Trajectory.pulsesBack(steps);
  }

  private void take(Directions directions, List<Loss> some) {
    int length = blueprint.inputLength();
    float[] influences = new float[directions.count() * length];
    for (int i = 0; i < kept; i++) {
      directions.influences(i, influences);
      for (int k = 0; k < some.size(); k++) {
        int at = Sweep.direction(k, some.size()) * length;
        double norm = Norm.of(spec.getNorm(), influences, at, length);
        int label = some.get(k).label();
        if (label == Loss.ALL) {
          sums[i] += norm;
        } else if (matrix != null) {
          matrix.add(label, examples.label(i), norm);
        }
      }
    }
  }

  /** Number of steps looked at. */
  public int losses() {
    return losses;
  }

  /** Mean norm of each example kept; NaN when no step was looked at. */
  public double[] means() {
    double[] means = new double[kept];
    for (int i = 0; i < kept; i++) {
      means[i] = sums[i] / losses;
    }
    return means;
  }

  /** By classes, if that was asked for. */
  @Nullable ClassMatrix matrix() {
    return matrix;
  }
}
