package dev.rote.sweeps.grpc;

import com.google.protobuf.util.Timestamps;
import dev.rote.grpcerrors.CheckedRequests;
import dev.rote.sweeps.doors.Door;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.workflow.Answer;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.CancelSweepResponse;
import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.DownloadReportRequest;
import dev.rote.v1.DownloadReportResponse;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.ExportTableResponse;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.GetResultsResponse;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.GetSweepResponse;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.MapTrialsRequest;
import dev.rote.v1.MapTrialsResponse;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.PauseSweepResponse;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.ResumeSweepResponse;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.RetryFailedResponse;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepMetadata;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.WatchSweepRequest;
import dev.rote.v1.WatchSweepResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Clock;
import java.util.function.Supplier;

/** {@code rote.v1.SweepsService}. */
@GrpcService
@Blocking
public class SweepsGrpcService implements BindableService, SweepsServiceGrpc.AsyncService {
  private final Door door;
  private final WorkflowEngine engine;
  private final SweepControls controls;
  private final TrialListing trials;
  private final TrialDetails details;
  private final Downloads downloads = new Downloads();
  private final StoredReports reports;
  private final AskedResults results;
  private final StoredTables tables;
  private final SweepWatch watch;
  private final CallersSweeps sweeps;
  private final Clock clock = Clock.systemUTC();

  SweepsGrpcService(
      Door door,
      WorkflowEngine engine,
      TrialListing trials,
      TrialDetails details,
      StoredReports reports,
      StoredTables tables,
      SweepWatch watch,
      CallersSweeps sweeps) {
    this.door = door;
    this.engine = engine;
    this.controls = new SweepControls(engine);
    this.trials = trials;
    this.details = details;
    this.reports = reports;
    this.results = new AskedResults(reports, trials);
    this.tables = tables;
    this.watch = watch;
    this.sweeps = sweeps;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return CheckedRequests.of(SweepsServiceGrpc.bindService(this));
  }

  @Override
  public void submitSweep(SubmitSweepRequest request, StreamObserver<SubmitSweepResponse> client) {
    answer(
        client,
        () -> {
          SubmitSweepResponse.Builder response = SubmitSweepResponse.newBuilder();
          if (request.getDryRun()) {
            return response.setSweep(door.check(request.getSweep(), response::addWarnings)).build();
          }
          Door.Entry entry =
              door.submit(request.getSweep(), sweeps.submitter(), response::addWarnings);
          return response.setSweep(entry.sweep()).setCreated(entry.created()).build();
        });
  }

  @Override
  public void getSweep(GetSweepRequest request, StreamObserver<GetSweepResponse> client) {
    answer(
        client,
        () -> {
          WorkflowView view = engine.view();
          SweepRecord record = find(view, request.getSweep());
          Sweep.Builder sweep =
              view.spec(record.getSweepId()).map(Sweep::toBuilder).orElseGet(Sweep::newBuilder);
          return GetSweepResponse.newBuilder().setSweep(sweep.setStatus(status(record))).build();
        });
  }

  @Override
  public void listSweeps(ListSweepsRequest request, StreamObserver<ListSweepsResponse> client) {
    answer(
        client,
        () -> {
          int size = Pages.size(request.getPageSize());
          String token = Pages.digits(request.getPageToken());
          WorkflowView.Page page = engine.view().sweeps(token, size, sweeps.visible());
          ListSweepsResponse.Builder response =
              ListSweepsResponse.newBuilder().setNextPageToken(page.nextToken());
          for (SweepRecord record : page.sweeps()) {
            response.addSweeps(
                Sweep.newBuilder()
                    .setMetadata(SweepMetadata.newBuilder().setName(record.getName()))
                    .setStatus(status(record)));
          }
          return response.build();
        });
  }

  @Override
  public void watchSweep(WatchSweepRequest request, StreamObserver<WatchSweepResponse> client) {
    try {
      String id = find(engine.view(), request.getSweep()).getSweepId();
      watch.start(id, (ServerCallStreamObserver<WatchSweepResponse>) client);
    } catch (RuntimeException e) {
      client.onError(e);
    }
  }

  @Override
  public void pauseSweep(PauseSweepRequest request, StreamObserver<PauseSweepResponse> client) {
    answer(
        client,
        () ->
            PauseSweepResponse.newBuilder()
                .setStatus(control(request.getSweep(), Control.PAUSE).status())
                .build());
  }

  @Override
  public void resumeSweep(ResumeSweepRequest request, StreamObserver<ResumeSweepResponse> client) {
    answer(
        client,
        () ->
            ResumeSweepResponse.newBuilder()
                .setStatus(control(request.getSweep(), Control.RESUME).status())
                .build());
  }

  @Override
  public void cancelSweep(CancelSweepRequest request, StreamObserver<CancelSweepResponse> client) {
    answer(
        client,
        () ->
            CancelSweepResponse.newBuilder()
                .setStatus(control(request.getSweep(), Control.CANCEL).status())
                .build());
  }

  @Override
  public void retryFailed(RetryFailedRequest request, StreamObserver<RetryFailedResponse> client) {
    answer(
        client,
        () -> {
          Answer.Controlled answer =
              door.startAgain(
                  () -> sweeps.steered(engine.view(), request.getSweep()),
                  () -> control(request.getSweep(), Control.RETRY_FAILED));
          return RetryFailedResponse.newBuilder()
              .setStatus(answer.status())
              .setRetried(answer.retried())
              .build();
        });
  }

  @Override
  public void listTrials(ListTrialsRequest request, StreamObserver<ListTrialsResponse> client) {
    answer(
        client,
        () -> {
          int size = Pages.size(request.getPageSize());
          long from = Pages.index(request.getPageToken());
          WorkflowView view = engine.view();
          return trials.page(view, find(view, request.getSweep()), request, from, size);
        });
  }

  @Override
  public void mapTrials(MapTrialsRequest request, StreamObserver<MapTrialsResponse> client) {
    answer(
        client,
        () -> {
          WorkflowView view = engine.view();
          return MapTrialsResponse.newBuilder()
              .setStates(trials.map(view, find(view, request.getSweep())))
              .build();
        });
  }

  @Override
  public void describeTrial(
      DescribeTrialRequest request, StreamObserver<DescribeTrialResponse> client) {
    answer(
        client,
        () -> {
          WorkflowView view = engine.view();
          return details.of(view, find(view, request.getSweep()), request.getIndex());
        });
  }

  @Override
  public void getResults(GetResultsRequest request, StreamObserver<GetResultsResponse> client) {
    answer(
        client,
        () -> {
          WorkflowView view = engine.view();
          return results.of(view, find(view, request.getSweep()), request);
        });
  }

  @Override
  public void downloadReport(
      DownloadReportRequest request, StreamObserver<DownloadReportResponse> client) {
    try {
      WorkflowView view = engine.view();
      SweepRecord sweep = find(view, request.getSweep());
      downloads.run(
          sweeps.name(),
          () ->
              reports.download(
                  view,
                  sweep,
                  request.getPartial(),
                  (ServerCallStreamObserver<DownloadReportResponse>) client));
    } catch (RuntimeException e) {
      client.onError(e);
    }
  }

  @Override
  public void exportTable(ExportTableRequest request, StreamObserver<ExportTableResponse> client) {
    try {
      StoredTables.require(request);
      WorkflowView view = engine.view();
      SweepRecord sweep = find(view, request.getSweep());
      downloads.run(
          sweeps.name(),
          () ->
              tables.export(
                  view, sweep, request, (ServerCallStreamObserver<ExportTableResponse>) client));
    } catch (RuntimeException e) {
      client.onError(e);
    }
  }

  private Answer.Controlled control(String sweep, Control control) {
    return controls.ask(sweeps.steered(engine.view(), sweep).getSweepId(), control);
  }

  private SweepRecord find(WorkflowView view, String sweep) {
    return sweeps.find(view, sweep);
  }

  private SweepStatus status(SweepRecord record) {
    return SweepStatuses.of(record, Timestamps.fromMillis(clock.millis()));
  }

  /** Failures go to the interceptor by {@code onError}. */
  private static <T> void answer(StreamObserver<T> client, Supplier<T> work) {
    T response;
    try {
      Patience.require();
      response = work.get();
    } catch (RuntimeException e) {
      client.onError(e);
      return;
    }
    client.onNext(response);
    client.onCompleted();
  }
}
