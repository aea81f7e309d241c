package dev.rote.sweeps.grpc;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.figures.FigureException;
import dev.rote.figures.report.ReportWriter;
import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots;
import dev.rote.sweeps.report.MissingResultException;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.DownloadReportResponse;
import dev.rote.v1.Report;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Reports of sweeps: of completed ones as they lie in object storage, of others made for the call
 * from what there is.
 */
public final class StoredReports {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final int PARTIAL_AT_ONCE = 2;

  private final ObjectStore store;
  private final ReportMaker maker;
  private final Slots making = new Slots(PARTIAL_AT_ONCE, "partial reports", Duration.ofSeconds(1));

  public StoredReports(ObjectStore store, ReportMaker maker) {
    this.store = store;
    this.maker = maker;
  }

  /**
   * The report of a sweep.
   *
   * @param partial whether a report of what there is will do
   */
  Report report(WorkflowView view, SweepRecord sweep, boolean partial) {
    return partial && sweep.getPhase() != Phase.COMPLETED
        ? make(view, sweep, () -> Context.current().isCancelled())
        : stored(sweep);
  }

  private Report make(WorkflowView view, SweepRecord sweep, BooleanSupplier stopped) {
    making.acquire();
    try {
      return maker.make(view, sweep, stopped);
    } catch (FigureException e) {
      throw ApiException.precondition(
          "FIGURE_" + e.reason(), sweep.getSweepId(), String.valueOf(e.getMessage()));
    } catch (MissingResultException e) {
      throw ApiException.dataLoss(
          "RESULT_MISSING", String.valueOf(e.getMessage()), Map.of("sweep", sweep.getSweepId()));
    } finally {
      making.release();
    }
  }

  private Report stored(SweepRecord sweep) {
    return files(sweep).report();
  }

  private ReportFiles files(SweepRecord sweep) {
    if (sweep.getPhase() != Phase.COMPLETED) {
      throw ApiException.precondition(
          "SWEEP_NOT_COMPLETED",
          sweep.getSweepId(),
          "sweep " + sweep.getSweepId() + " has no report: it is " + sweep.getPhase());
    }
    return ReportFiles.open(store, sweep.getSweepId());
  }

  /**
   * Sends all files, stored ones each checked, as fast as the client takes them in.
   *
   * @param partial whether a report of what there is will do
   */
  void download(
      WorkflowView view,
      SweepRecord sweep,
      boolean partial,
      ServerCallStreamObserver<DownloadReportResponse> client) {
    if (partial && sweep.getPhase() != Phase.COMPLETED) {
      ReportWriter.write(
          make(view, sweep, client::isCancelled), (path, bytes) -> send(path, bytes, client));
      client.onCompleted();
    } else {
      downloadStored(sweep, client);
    }
  }

  private void downloadStored(
      SweepRecord sweep, ServerCallStreamObserver<DownloadReportResponse> client) {
    ReportFiles files = files(sweep);
    for (String path : files.paths()) {
      send(path, files.file(path), client);
    }
    client.onCompleted();
  }

  private static void send(
      String path, byte[] bytes, ServerCallStreamObserver<DownloadReportResponse> client) {
    int from = 0;
    do {
      awaitRoom(client);
      int size = Math.min(CHUNK_BYTES, bytes.length - from);
      DownloadReportResponse.Builder part =
          DownloadReportResponse.newBuilder().setChunk(ByteString.copyFrom(bytes, from, size));
      if (from == 0) {
        part.setPath(path).setSizeBytes(bytes.length);
      }
      client.onNext(part.build());
      from += size;
    } while (from < bytes.length);
  }

  /* Readiness is told on the thread that waits here, so it is asked for. */
  private static void awaitRoom(ServerCallStreamObserver<?> client) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!client.isReady() && !client.isCancelled()) {
      if (System.nanoTime() > end) {
        throw ApiException.exhausted("the download was left unread", Duration.ofSeconds(1));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
