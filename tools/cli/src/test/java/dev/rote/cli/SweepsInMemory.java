package dev.rote.cli;

import static dev.rote.cli.FakeServices.bytes;

import com.google.protobuf.ByteString;
import dev.rote.cli.progress.Statuses;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.Ids;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.CancelSweepResponse;
import dev.rote.v1.DownloadReportRequest;
import dev.rote.v1.DownloadReportResponse;
import dev.rote.v1.Figure;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.GetResultsResponse;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.GetSweepResponse;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.Panel;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.PauseSweepResponse;
import dev.rote.v1.Report;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.ResumeSweepResponse;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.RetryFailedResponse;
import dev.rote.v1.Series;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepMetadata;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceImplBase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary;
import dev.rote.v1.Verdict;
import dev.rote.v1.WatchSweepRequest;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sweeps service with one sweep, {@code demo} or the one last submitted, whose end a test
 * chooses.
 */
public final class SweepsInMemory extends SweepsServiceImplBase {
  /** Calls received, such as {@code submit} and {@code retry demo-0a1b2c3d}. */
  public final List<String> calls = new ArrayList<>();

  /** What submitting a sweep warns of. */
  public final List<String> warnings = new ArrayList<>();

  /** What is answered about the sweep before it is watched. */
  public SweepStatus before = Statuses.running();

  /** With what it ends. */
  public SweepStatus end = Statuses.completed();

  /** Whether the sweep is new when it is submitted. */
  public boolean created = true;

  /** Sweeps submitted, as they came. */
  public final List<Sweep> submitted = new ArrayList<>();

  /** Names of sweeps whose files are not there. */
  public final Set<String> refused = new HashSet<>();

  /** A field of what is submitted that the service finds wrong. */
  public Optional<String> wrongField = Optional.empty();

  /** Name of the axis that trials have a label on. */
  public String axis = "labels";

  /** What the sweep found, if it is not the usual. */
  public Optional<Report> report = Optional.empty();

  /** Watches that break off before one goes well. */
  public int brokenWatches;

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }

  private Sweep sweep() {
    return Sweep.newBuilder()
        .setApiVersion("rote.dev/v1")
        .setKind("Sweep")
        .setMetadata(SweepMetadata.newBuilder().setName("demo"))
        .setStatus(before)
        .build();
  }

  private void call(String verb, String sweep) {
    calls.add(verb + " " + sweep);
    if (!sweep.equals("demo") && !sweep.equals("demo-0a1b2c3d")) {
      throw ApiException.notFound("sweep", sweep, "there is no sweep '" + sweep + "'");
    }
  }

  @Override
  public void submitSweep(SubmitSweepRequest request, StreamObserver<SubmitSweepResponse> to) {
    calls.add(request.getDryRun() ? "dry run" : "submit");
    String name = request.getSweep().getMetadata().getName();
    if (refused.contains(name)) {
      throw ApiException.precondition("DATASET_MISSING", "mnist", "missing: mnist/labels");
    }
    wrongField.ifPresent(
        field -> {
          throw ApiException.invalid(field, "must be another");
        });
    submitted.add(request.getSweep());
    answer(
        to,
        SubmitSweepResponse.newBuilder()
            .setSweep(sweep())
            .setCreated(created)
            .addAllWarnings(warnings)
            .build());
  }

  @Override
  public void getSweep(GetSweepRequest request, StreamObserver<GetSweepResponse> to) {
    call("get", request.getSweep());
    answer(to, GetSweepResponse.newBuilder().setSweep(sweep()).build());
  }

  @Override
  public void listSweeps(ListSweepsRequest request, StreamObserver<ListSweepsResponse> to) {
    boolean first = request.getPageToken().isEmpty();
    answer(
        to,
        ListSweepsResponse.newBuilder()
            .addSweeps(sweep())
            .setNextPageToken(first ? "second" : "")
            .build());
  }

  @Override
  public void watchSweep(WatchSweepRequest request, StreamObserver<WatchSweepResponse> to) {
    call("watch", request.getSweep());
    to.onNext(WatchSweepResponse.newBuilder().setStatus(Statuses.running()).build());
    if (brokenWatches-- > 0) {
      to.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    answer(to, WatchSweepResponse.newBuilder().setStatus(end).build());
  }

  @Override
  public void pauseSweep(PauseSweepRequest request, StreamObserver<PauseSweepResponse> to) {
    call("pause", request.getSweep());
    answer(
        to,
        PauseSweepResponse.newBuilder().setStatus(Statuses.in(SweepStatus.Phase.PAUSED)).build());
  }

  @Override
  public void resumeSweep(ResumeSweepRequest request, StreamObserver<ResumeSweepResponse> to) {
    call("resume", request.getSweep());
    answer(to, ResumeSweepResponse.newBuilder().setStatus(Statuses.running()).build());
  }

  @Override
  public void cancelSweep(CancelSweepRequest request, StreamObserver<CancelSweepResponse> to) {
    call("cancel", request.getSweep());
    answer(
        to,
        CancelSweepResponse.newBuilder()
            .setStatus(Statuses.in(SweepStatus.Phase.CANCELLED))
            .build());
  }

  @Override
  public void retryFailed(RetryFailedRequest request, StreamObserver<RetryFailedResponse> to) {
    call("retry", request.getSweep());
    if (before.getPhase() == SweepStatus.Phase.RUNNING) {
      throw ApiException.precondition("SWEEP_RUNNING", "demo", "demo runs: cancel it first");
    }
    answer(
        to, RetryFailedResponse.newBuilder().setRetried(2).setStatus(Statuses.running()).build());
  }

  @Override
  public void listTrials(ListTrialsRequest request, StreamObserver<ListTrialsResponse> to) {
    call("trials", request.getSweep());
    boolean first = request.getPageToken().isEmpty();
    TrialSummary trial =
        TrialSummary.newBuilder()
            .setIndex(first ? 0 : 1)
            .setTrialId(first ? "aaaa" : "bbbb")
            .putLabels(axis, first ? "real" : "random")
            .setState(first ? TrialSummary.State.DONE : TrialSummary.State.FAILED)
            .setOutcome(first ? TrialResult.Outcome.DIVERGED : TrialResult.Outcome.UNSPECIFIED)
            .setEpochsDone(5)
            .build();
    answer(
        to,
        ListTrialsResponse.newBuilder()
            .addTrials(trial)
            .setNextPageToken(first ? "second" : "")
            .build());
  }

  @Override
  public void getResults(GetResultsRequest request, StreamObserver<GetResultsResponse> to) {
    call("results", request.getSweep());
    answer(to, GetResultsResponse.newBuilder().setReport(report.orElseGet(this::report)).build());
  }

  private Report report() {
    Series series =
        Series.newBuilder().setName("real").addX(1).addX(2).addY(0.5).addY(0.75).build();
    Verdict verdict =
        Verdict.newBuilder()
            .setClaim("noise is memorized")
            .setStatisticName("difference")
            .setStatistic(-0.125)
            .setComparison("above")
            .build();
    return Report.newBuilder()
        .setSweepId(submitted.isEmpty() ? "demo-0a1b2c3d" : Ids.sweepId(last()).value())
        .setSweepName(submitted.isEmpty() ? "demo" : last().getMetadata().getName())
        .addFigures(
            Figure.newBuilder()
                .setName("fig7")
                .addPanels(Panel.newBuilder().setYLabel("accuracy").addSeries(series))
                .addVerdicts(verdict))
        .build();
  }

  private Sweep last() {
    return submitted.get(submitted.size() - 1);
  }

  @Override
  public void downloadReport(
      DownloadReportRequest request, StreamObserver<DownloadReportResponse> to) {
    call("download", request.getSweep());
    to.onNext(file("report.html", bytes("<html>")));
    to.onNext(file("report.pb", drawn(report()).toByteString()));
    answer(to, file("provenance.json", bytes("{}")));
  }

  /** What is drawn has intervals. */
  private static Report drawn(Report report) {
    Report.Builder drawn = report.toBuilder();
    Series.Builder series = drawn.getFiguresBuilder(0).getPanelsBuilder(0).getSeriesBuilder(0);
    List<Double> y = List.copyOf(series.getYList());
    series.addAllLow(y).addAllHigh(y).addAllRepetitions(List.of(1, 1));
    return drawn.build();
  }

  private static DownloadReportResponse file(String path, ByteString content) {
    return DownloadReportResponse.newBuilder()
        .setPath(path)
        .setSizeBytes(content.size())
        .setChunk(content)
        .build();
  }
}
