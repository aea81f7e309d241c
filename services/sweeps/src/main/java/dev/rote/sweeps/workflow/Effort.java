package dev.rote.sweeps.workflow;

import dev.rote.v1.SweepRecordOrBuilder;

/**
 * The training and measuring of a sweep in seconds of workers: what was done, and what is left at
 * most. An epoch and a measurement take as long as they took on average so far; before any was
 * made, as long as one of the other kind.
 */
record Effort(double secondsDone, double secondsLeft) {

  static Effort of(SweepRecordOrBuilder sweep) {
    double epoch = mean(sweep.getTrainingMillis(), (double) sweep.getEpochsTrained());
    double measurement =
        mean(sweep.getMeasuringMillis(), (double) sweep.getMeasuredAnew() / Tally.WHOLE);
    if (epoch == 0) {
      epoch = measurement == 0 ? 1 : measurement;
    }
    if (measurement == 0) {
      /* The first one is not done yet. */
      measurement = Math.max(epoch, sweep.getMeasuringMillis() / 1e3);
    }
    double measured = (double) sweep.getMeasured() / Tally.WHOLE;
    double epochsLeft = Math.max(0, sweep.getEpochsTotal() - sweep.getEpochsDone());
    double measurementsLeft = Math.max(0, sweep.getMeasurementsTotal() - measured);
    return new Effort(
        sweep.getEpochsDone() * epoch + measured * measurement,
        epochsLeft * epoch + measurementsLeft * measurement);
  }

  private static double mean(long millis, double count) {
    return count > 0 ? millis / 1e3 / count : 0;
  }

  /** Share that is done, in [0, 1]. */
  double share() {
    double all = secondsDone + secondsLeft;
    return all == 0 ? 0 : secondsDone / all;
  }

  /** Time of workers so far. */
  static long workedMillis(SweepRecordOrBuilder sweep) {
    return sweep.getTrainingMillis() + sweep.getMeasuringMillis();
  }
}
