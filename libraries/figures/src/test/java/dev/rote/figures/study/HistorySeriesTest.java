package dev.rote.figures.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.EpochRecord;
import dev.rote.v1.Metric;
import dev.rote.v1.PartRecord;
import dev.rote.v1.TrialResult;
import org.junit.jupiter.api.Test;

class HistorySeriesTest {

  /** Losses 0.5, 1.5, 2.5 at epochs 0, 1, 2. */
  private static TrialResult.Builder trial() {
    TrialResult.Builder trial = TrialResult.newBuilder();
    for (int epoch = 0; epoch < 3; epoch++) {
      trial.addHistory(
          EpochRecord.newBuilder()
              .setEpoch(epoch)
              .setTrain(PartRecord.newBuilder().setLoss(epoch + 0.5)));
    }
    return trial;
  }

  @Test
  void of_trialUnderWay_hasAllItsEpochs() {
    EpochSeries losses = HistorySeries.of(Metric.Kind.TRAIN_LOSS, trial().build());
    assertThat(losses.size()).isEqualTo(3);
    assertThat(losses.at(2)).hasValue(2.5);
  }

  @Test
  void of_divergedTrial_endsBeforeItDid() {
    TrialResult diverged =
        trial().setOutcome(TrialResult.Outcome.DIVERGED).setDivergedAtEpoch(2).build();
    EpochSeries losses = HistorySeries.of(Metric.Kind.TRAIN_LOSS, diverged);
    assertThat(losses.size()).isEqualTo(2);
    assertThat(losses.at(2)).isEmpty();
    assertThat(HistorySeries.reached(diverged)).hasSize(2);
  }

  @Test
  void of_quantityThatNoHistoryHas_isRefused() {
    assertThatThrownBy(() -> HistorySeries.of(Metric.Kind.CRITICAL_SAMPLE_RATIO, trial().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("histories have no CRITICAL_SAMPLE_RATIO");
  }
}
