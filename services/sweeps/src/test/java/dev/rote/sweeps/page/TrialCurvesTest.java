package dev.rote.sweeps.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Figure;
import dev.rote.v1.PartRecord;
import dev.rote.v1.Series;
import dev.rote.v1.TrialResult;
import org.junit.jupiter.api.Test;

class TrialCurvesTest {

  /** Training accuracy 0.25, 0.5, 0.75 at epochs 0, 1, 2. */
  private static TrialResult.Builder trial() {
    TrialResult.Builder trial = TrialResult.newBuilder();
    for (int epoch = 0; epoch < 3; epoch++) {
      trial.addHistory(
          EpochRecord.newBuilder()
              .setEpoch(epoch)
              .setTrain(PartRecord.newBuilder().setAccuracy((epoch + 1) / 4.0)));
    }
    return trial;
  }

  @Test
  void of_trial_hasAPointForEachEpoch() {
    Figure figure = TrialCurves.of(7, trial().build());
    Series training = figure.getPanels(0).getSeries(0);
    assertThat(figure.getTitle()).isEqualTo("Trial 7");
    assertThat(training.getXList()).containsExactly(0.0, 1.0, 2.0);
    assertThat(training.getYList()).containsExactly(0.25, 0.5, 0.75);
    assertThat(training.getDivergedList()).isEmpty();
  }

  /** As a report draws a line of which nothing is left. */
  @Test
  void of_divergedTrial_endsWithASignWhereItDid() {
    TrialResult diverged =
        trial().setOutcome(TrialResult.Outcome.DIVERGED).setDivergedAtEpoch(2).build();
    Series training = TrialCurves.of(7, diverged).getPanels(0).getSeries(0);
    assertThat(training.getXList()).containsExactly(0.0, 1.0, 2.0);
    assertThat(training.getYList()).containsExactly(0.25, 0.5, Double.NaN);
    assertThat(training.getRepetitionsList()).containsExactly(1, 1, 0);
    assertThat(training.getDivergedList()).containsExactly(0, 0, 1);
  }
}
