package dev.rote.metrics.sensitivity;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Batches;
import dev.rote.recipes.Schedule;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The weights w_0, w_1, … that a trial's plain SGD went through, computed again from w_0: each step
 * takes the batch, the learning rate and the threads that the trial's own step took.
 */
public final class Trajectory {
  /*
   * Weights kept in each level of going back: at most this many segments, each of which is computed
   * again when it is reached. T steps have log(T) levels, so a few hundred weights are kept at most,
   * and every step is taken once a level.
   */
  private static final int SEGMENTS = 32;

  private final TrialSpec trial;
  private final Schedule schedule;
  private final Network network;
  private final Batch batch;
  private final Runnable pulse;
  private int kept;
  private int mostKept;

  /**
   * @param trial all defaults filled in
   * @param network at w_0, of the trial's threads; moved along the trajectory
   * @param pulse run before each step; what it throws ends the replay
   */
  public Trajectory(TrialSpec trial, ExampleSet examples, Network network, Runnable pulse) {
    this.trial = trial;
    this.schedule = Schedule.of(trial, examples.size());
    this.network = network;
    this.batch =
        new Batch(Batches.of(trial, examples.size()), examples, network.blueprint().inputLength());
    this.pulse = pulse;
  }

  /** The network, wherever on the trajectory it is. */
  Network network() {
    return network;
  }

  /** Most weights kept at once while going back. */
  int mostKept() {
    return mostKept;
  }

  /** The batch last taken. */
  Batch batch() {
    return batch;
  }

  /** The classes of a step's examples, in ascending order. */
  int[] labelsOf(long step) {
    batch.takeLabels(step);
    return Arrays.stream(batch.labels(), 0, batch.size()).distinct().sorted().toArray();
  }

  /** Learning rate of a step. */
  double rate(long step) {
    return schedule.learningRate(step);
  }

  /** Coefficient of the weight decay. */
  double decay() {
    return trial.getRegularization().getWeightDecay();
  }

  /** Takes the steps {@code [from, to)} from w_from to w_to. */
  public void forward(long from, long to) {
    for (long step = from; step < to; step++) {
      pulse.run();
      batch.take(step);
      network.step(
          batch.inputs(),
          batch.labels(),
          batch.size(),
          new StepSettings(rate(step), 0, trial.getRegularization(), trial.getSeed(), step));
    }
  }

  /**
   * Visits the steps {@code last}, …, 1, 0.
   *
   * @param start w_0
   * @param visitor called with the network at w_step and the batch that step takes
   */
  void backward(Weights start, long last, LongConsumer visitor) {
    back(start, 0, last + 1, visitor);
  }

  private void back(Weights start, long from, long to, LongConsumer visitor) {
    long width = width(to - from);
    List<Weights> starts = new ArrayList<>();
    keep(starts, start);
    start.restore(network);
    for (long at = from + width; at < to; at += width) {
      forward(at - width, at);
      keep(starts, Weights.of(network));
    }
    for (int segment = starts.size() - 1; segment >= 0; segment--) {
      long at = from + segment * width;
      Weights here = starts.remove(segment);
      kept--;
      if (width > 1) {
        back(here, at, Math.min(at + width, to), visitor);
      } else {
        pulse.run();
        here.restore(network);
        batch.take(at);
        visitor.accept(at);
      }
    }
  }

  /** Steps of a segment, when so many are gone back. */
  private static long width(long steps) {
    long width = 1;
    while (width * SEGMENTS < steps) {
      width *= SEGMENTS;
    }
    return width;
  }

  /** Pulses of visiting so many steps backwards. */
  static long pulsesBack(long steps) {
    long width = width(steps);
    long before = (steps - 1) / width;
    return width == 1
        ? before + steps
        : before * (width + pulsesBack(width)) + pulsesBack(steps - before * width);
  }

  private void keep(List<Weights> starts, Weights weights) {
    starts.add(weights);
    kept++;
    mostKept = Math.max(mostKept, kept);
  }
}
