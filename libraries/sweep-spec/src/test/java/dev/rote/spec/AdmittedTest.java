package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.MaterializeVariantWork;
import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WorkItem.WorkCase;
import org.junit.jupiter.api.Test;

/** What was offered is what is worked on: ids are compared, and none is made anew. */
class AdmittedTest {
  private static final Versions VERSIONS = new Versions("1", "2", "3");
  private static final TrialSpec TRIAL = trial();
  private static final AdmittedTrial ADMITTED = AdmittedTrial.of(VERSIONS, TRIAL);

  private static TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes").setTrainSize(100).setValidationSize(20);
    trial.getModelBuilder().getMlpBuilder().addHidden(4);
    trial.getTrainingBuilder().setEpochs(1);
    return SweepDefaults.fill(trial.build());
  }

  private static TrainTrialWork.Builder work() {
    return TrainTrialWork.newBuilder()
        .setTrialId(ADMITTED.id().value())
        .setVariantId(ADMITTED.variant().id().value())
        .setTrial(ADMITTED.spec());
  }

  @Test
  void offered_asAdmitted_isTheSame() {
    assertThat(AdmittedTrial.offered(work().build(), VERSIONS)).isEqualTo(ADMITTED);
    MaterializeVariantWork variant =
        MaterializeVariantWork.newBuilder()
            .setVariantId(ADMITTED.variant().id().value())
            .setVariant(ADMITTED.variant().spec())
            .build();
    assertThat(AdmittedVariant.offered(variant, VERSIONS)).isEqualTo(ADMITTED.variant());
    MeasurementSpec.Builder spec = MeasurementSpec.newBuilder().setName("last");
    spec.getAccuracyBuilder();
    AdmittedMeasurement measurement = AdmittedMeasurement.of(VERSIONS, ADMITTED.id(), spec.build());
    MeasureTrialWork measuring =
        MeasureTrialWork.newBuilder()
            .setMeasurementId(measurement.id().value())
            .setTrialId(ADMITTED.id().value())
            .setMeasurement(measurement.spec())
            .build();
    assertThat(AdmittedMeasurement.offered(measuring, VERSIONS)).isEqualTo(measurement);
    assertThatThrownBy(
            () ->
                AdmittedMeasurement.offered(
                    measuring.toBuilder().setTrialId("another").build(), VERSIONS))
        .isInstanceOf(UnlikeOfferException.class);
    assertThatThrownBy(
            () ->
                AdmittedMeasurement.offered(measuring.toBuilder().clearTrialId().build(), VERSIONS))
        .isInstanceOf(UnlikeOfferException.class)
        .hasMessage("the offered work names no trial");
  }

  @Test
  void offered_underAnotherId_isNotDone() {
    TrainTrialWork other = work().setTrialId("0123").build();
    assertThatThrownBy(() -> AdmittedTrial.offered(other, VERSIONS))
        .isInstanceOf(UnlikeOfferException.class)
        .hasMessage(
            "the trial of the offered work is named '0123', and by its specification is "
                + ADMITTED.id()
                + ": it is not done");
    TrainTrialWork changed = work().setTrial(TRIAL.toBuilder().setSeed(5)).build();
    assertThatThrownBy(() -> AdmittedTrial.offered(changed, VERSIONS))
        .isInstanceOf(UnlikeOfferException.class);
    TrainTrialWork variant = work().setVariantId("0123").build();
    assertThatThrownBy(() -> AdmittedTrial.offered(variant, VERSIONS))
        .isInstanceOf(UnlikeOfferException.class)
        .hasMessageContaining("the variant of the offered work");
    assertThatThrownBy(() -> AdmittedTrial.offered(work().build(), new Versions("1", "3", "3")))
        .isInstanceOf(UnlikeOfferException.class);
  }

  @Test
  void offered_neverLetIn_isRefusedByItsField() {
    TrialSpec wrong =
        TRIAL.toBuilder().setModel(dev.rote.v1.ModelSpec.getDefaultInstance()).build();
    assertThatThrownBy(() -> AdmittedTrial.offered(work().setTrial(wrong).build(), VERSIONS))
        .isInstanceOf(SpecException.class);
  }

  @Test
  void fit_asksForTheVersionsThatCountForTheKind() {
    Versions metrics = new Versions("1", "2", "9");
    assertThat(metrics.fit(WorkCase.MATERIALIZE_VARIANT, VERSIONS)).isTrue();
    assertThat(metrics.fit(WorkCase.TRAIN_TRIAL, VERSIONS)).isTrue();
    assertThat(metrics.fit(WorkCase.MEASURE_TRIAL, VERSIONS)).isFalse();
    Versions engine = new Versions("1", "9", "3");
    assertThat(engine.fit(WorkCase.MATERIALIZE_VARIANT, VERSIONS)).isTrue();
    assertThat(engine.fit(WorkCase.TRAIN_TRIAL, VERSIONS)).isFalse();
    assertThat(engine.fit(WorkCase.MEASURE_TRIAL, VERSIONS)).isFalse();
    Versions corruption = new Versions("9", "2", "3");
    assertThat(corruption.fit(WorkCase.MATERIALIZE_VARIANT, VERSIONS)).isFalse();
    assertThat(corruption.fit(WorkCase.TRAIN_TRIAL, VERSIONS)).isFalse();
    assertThat(corruption.fit(WorkCase.WRITE_REPORT, VERSIONS)).isTrue();
    assertThat(corruption.fit(WorkCase.PRUNE_TRIAL, VERSIONS)).isTrue();
  }
}
