package dev.rote.sweeps.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.testkit.TestStore;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Coverage;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.Metric;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.Term;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of three trials, one after another, with a claim about their last training accuracy. */
class ReportMakerIT {
  private final Workplace place = new Workplace();
  private final TestStore objects;
  private final ObjectStore store;
  private final ReportMaker maker;

  ReportMakerIT(@TempDir Path directory) {
    this.objects = TestStore.start(directory);
    this.store = objects.client();
    this.maker =
        new ReportMaker(
            new Plans(Workplace::plan),
            store,
            "1.0",
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    objects.close();
  }

  private static Sweep sweep() {
    Sweep.Builder sweep = Workplace.sweep("s", 3, 1, 0).toBuilder();
    Metric accuracy = Metric.newBuilder().setKind(Metric.Kind.TRAIN_ACCURACY).build();
    FigureSpec.Builder figure = FigureSpec.newBuilder().setName("f");
    figure.addPanelsBuilder().getCurvesBuilder().addMetrics(accuracy);
    figure.addClaims(
        ClaimSpec.newBuilder()
            .setClaim("it learns")
            .setThreshold(0.5)
            .setValue(Term.newBuilder().setMetric(accuracy)));
    sweep.getSpecBuilder().addFigures(figure);
    return sweep.build();
  }

  private void finishOne(int trial) {
    finishOne(trial, "");
  }

  private void finishOne(int trial, String numerics) {
    TrialResult.Builder result =
        TrialResult.newBuilder()
            .setNumerics(numerics)
            .setTrialId("data-" + trial)
            .setVariantId("v-data")
            .setOutcome(TrialResult.Outcome.CAP_REACHED);
    result
        .getSpecBuilder()
        .getDatasetBuilder()
        .setName("idx")
        .setIdx(IdxFiles.newBuilder().setTrainImages("own/im.idx"));
    result.addHistoryBuilder().setEpoch(0).getTrainBuilder().setAccuracy(0.1).setLoss(2);
    result.addHistoryBuilder().setEpoch(1).getTrainBuilder().setAccuracy(0.9).setLoss(0.2);
    StoredMessage.TRIAL_RESULT.put(store, result.build());
  }

  private Report make() {
    WorkflowView view = new WorkflowView(place.state());
    return maker.make(view, view.sweep("s").orElseThrow(), () -> false);
  }

  @Test
  void make_sweepUnderWay_isOfWhatThereIs() {
    place.submit("s", sweep());
    place.completeNext();
    place.completeNext();
    finishOne(1);

    Report report = make();

    assertThat(report.getCoverage())
        .isEqualTo(Coverage.newBuilder().setCells(3).setDone(1).setUnfinished(2).build());
    assertThat(report.getFigures(0).getPanels(0).getSeries(0).getYList()).containsExactly(0.1, 0.9);
    assertThat(report.getFigures(0).getVerdicts(0).getUndecided())
        .contains("of 3 repetitions 2 unfinished");
    assertThat(report.getProvenance().getReported().getSeconds()).isEqualTo(1_700_000_000);
  }

  @Test
  void make_sweepThatIsSettledMeanwhile_isOfWhatItHasNow() {
    place.submit("s", sweep());
    WorkflowView view = new WorkflowView(place.state());
    SweepRecord before = view.sweep("s").orElseThrow();
    assertThat(before.getNumerics()).isEmpty();
    place.completeNext();
    place.numerics("avx512");
    place.completeNext();
    finishOne(1, "avx512");
    assertThat(view.sweep("s").orElseThrow().getNumerics()).isEqualTo("avx512");

    Report report = maker.make(view, before, () -> false);

    assertThat(report.getCoverage())
        .isEqualTo(Coverage.newBuilder().setCells(3).setDone(1).setUnfinished(2).build());
  }

  @Test
  void make_cancelledSweep_countsWhatNeverRan() {
    place.submit("s", sweep());
    place.completeNext();
    place.completeNext();
    finishOne(1);
    place.control("s", Control.CANCEL);

    Report report = make();

    assertThat(report.getCoverage().getDone()).isEqualTo(1);
    assertThat(report.getCoverage().getCancelled()).isEqualTo(2);
    assertThat(report.getFigures(0).getVerdicts(0).getUndecided()).contains("2 cancelled");
  }

  @Test
  void make_ownFiles_areNamedWithTheirHashes() {
    place.submit("s", sweep());
    place.completeNext();
    place.completeNext();
    finishOne(1);
    StoredMessage.VARIANT_MANIFEST.put(
        store,
        VariantManifest.newBuilder()
            .setVariantId("v-data")
            .putOwnFiles("own/im.idx", "ab12")
            .build());

    assertThat(make().getProvenance().getOwnFilesMap()).isEqualTo(Map.of("own/im.idx", "ab12"));
  }

  @Test
  void make_resultOfADoneTrialIsGone_saysWhich() {
    place.submit("s", sweep());
    place.completeNext();
    place.completeNext();

    assertThatThrownBy(this::make)
        .isInstanceOf(MissingResultException.class)
        .hasMessageContaining("trials/data-1/result of trial 0");
  }

  @Test
  void make_nobodyWantsIt_ends() {
    place.submit("s", sweep());
    WorkflowView view = new WorkflowView(place.state());

    assertThatThrownBy(() -> maker.make(view, view.sweep("s").orElseThrow(), () -> true))
        .isInstanceOf(CancellationException.class);
  }
}
