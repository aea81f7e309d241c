package dev.rote.metrics.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochSelectionTest {
  /* Trained 4 of at most 10 epochs. */
  private static final TrialResult RESULT = StoredStudy.result(StoredStudy.TRIAL, List.of(0, 1, 4));

  private static MeasurementSpec epochs(Integer... epochs) {
    return MeasurementSpec.newBuilder().addAllEpochs(List.of(epochs)).build();
  }

  @Test
  void of_noEpochs_allKept() {
    assertThat(EpochSelection.of(epochs(), RESULT)).containsExactly(0, 1, 4);
  }

  @Test
  void of_finalOnly_theLast() {
    MeasurementSpec spec = MeasurementSpec.newBuilder().setFinalOnly(true).build();
    assertThat(EpochSelection.of(spec, RESULT)).containsExactly(4);
    assertThat(EpochSelection.lastOf(RESULT)).isEqualTo(4);
  }

  @Test
  void of_epochsInAnyOrder_ascending() {
    assertThat(EpochSelection.of(epochs(4, 0, 4), RESULT)).containsExactly(0, 4);
  }

  @Test
  void of_epochAfterEarlyEnd_isLeftOut() {
    assertThat(EpochSelection.of(epochs(1, 10), RESULT)).containsExactly(1);
  }

  @Test
  void of_epochWithoutCheckpoint_namesThoseKept() {
    assertThatExceptionOfType(MissingArtifactException.class)
        .isThrownBy(() -> EpochSelection.of(epochs(2), RESULT))
        .withMessageContaining("[0, 1, 4]")
        .withMessageContaining("was 2")
        .extracting(MissingArtifactException::reason)
        .isEqualTo(MissingArtifactException.Reason.CHECKPOINT_NOT_KEPT);
  }

  @Test
  void of_epochBeyondTheCap_isRefused() {
    assertThatExceptionOfType(MissingArtifactException.class)
        .isThrownBy(() -> EpochSelection.of(epochs(11), RESULT))
        .withMessageContaining("was 11");
  }

  @Test
  void of_noCheckpoints_isMissing() {
    TrialResult none = StoredStudy.result(StoredStudy.TRIAL, List.of());
    assertThatExceptionOfType(MissingArtifactException.class)
        .isThrownBy(() -> EpochSelection.of(epochs(), none))
        .extracting(MissingArtifactException::reason)
        .isEqualTo(MissingArtifactException.Reason.CHECKPOINT_MISSING);
  }
}
