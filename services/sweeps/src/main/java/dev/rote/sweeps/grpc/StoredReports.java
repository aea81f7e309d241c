package dev.rote.sweeps.grpc;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.figures.FigureException;
import dev.rote.figures.report.ReportWriter;
import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots;
import dev.rote.spec.SweepValidator;
import dev.rote.sweeps.report.MissingResultException;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.DownloadReportResponse;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Report;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepStatus.Phase;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reports of sweeps: of completed ones as they lie in object storage, made again if they do not any
 * more; of others made for the call from what there is.
 */
public final class StoredReports {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final int MADE_AT_ONCE = 2;
  private static final int MOST_FIGURES = 4;

  private final MendedReports stored;
  private final ReportMaker maker;
  private final Slots making =
      new Slots(MADE_AT_ONCE, "reports made for a call", Duration.ofSeconds(1));

  public StoredReports(ObjectStore store, ReportMaker maker) {
    this.stored = new MendedReports(store);
    this.maker = maker;
  }

  /**
   * The report of a sweep.
   *
   * @param partial whether a report of what there is will do
   */
  Report report(WorkflowView view, SweepRecord sweep, boolean partial) {
    return partial && sweep.getPhase() != Phase.COMPLETED
        ? make(view, sweep, StoredReports::isCancelled)
        : stored.report(completed(sweep), () -> again(view, sweep, StoredReports::isCancelled));
  }

  /**
   * A report of other figures, of what there is.
   *
   * @param figures as the client wrote them
   * @param trial index of the one trial that they are of, which is there; empty: of all
   */
  Report report(
      WorkflowView view, SweepRecord sweep, List<FigureSpec> figures, OptionalLong trial) {
    if (figures.size() > MOST_FIGURES) {
      throw ApiException.invalid(
          "figures", "must be at most " + MOST_FIGURES + ", were " + figures.size());
    }
    SweepSpec spec = view.spec(sweep.getSweepId()).orElseThrow().getSpec();
    SweepValidator.checkFigures(spec, figures);
    return making(sweep, () -> maker.make(view, sweep, figures, trial, StoredReports::isCancelled));
  }

  private static boolean isCancelled() {
    return Context.current().isCancelled();
  }

  private Report make(WorkflowView view, SweepRecord sweep, BooleanSupplier stopped) {
    return making(sweep, () -> maker.make(view, sweep, stopped));
  }

  private Report making(SweepRecord sweep, Supplier<Report> made) {
    making.acquire();
    try {
      return made.get();
    } catch (FigureException e) {
      throw ApiException.precondition(
          "FIGURE_" + e.reason(), sweep.getSweepId(), String.valueOf(e.getMessage()));
    } catch (MissingResultException e) {
      throw lost(sweep, "report", String.valueOf(e.getMessage()));
    } finally {
      making.release();
    }
  }

  /** A completed report of which something is damaged or gone. */
  private Report again(WorkflowView view, SweepRecord sweep, BooleanSupplier stopped) {
    try {
      return make(view, sweep, stopped);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.DAMAGED) {
        throw e;
      }
      throw lost(sweep, "report", String.valueOf(e.getMessage()));
    }
  }

  /* Only a sweep that runs has work done again. */
  static ApiException lost(SweepRecord sweep, String whole, String what) {
    return ApiException.dataLoss(
        "RESULT_MISSING",
        "the "
            + whole
            + " of "
            + sweep.getSweepId()
            + " cannot be made now: "
            + what
            + "; submit the sweep under another name, and what is lost is made again",
        Map.of("sweep", sweep.getSweepId()));
  }

  /** The id of a sweep that must be completed. */
  private static String completed(SweepRecord sweep) {
    if (sweep.getPhase() != Phase.COMPLETED) {
      throw ApiException.precondition(
          "SWEEP_NOT_COMPLETED",
          sweep.getSweepId(),
          "sweep " + sweep.getSweepId() + " has no report: it is " + sweep.getPhase());
    }
    return sweep.getSweepId();
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
      downloadStored(view, sweep, client);
    }
  }

  private void downloadStored(
      WorkflowView view,
      SweepRecord sweep,
      ServerCallStreamObserver<DownloadReportResponse> client) {
    ReportFiles files =
        stored.files(completed(sweep), () -> again(view, sweep, client::isCancelled));
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
  static void awaitRoom(ServerCallStreamObserver<?> client) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!client.isReady() && !client.isCancelled()) {
      if (System.nanoTime() > end) {
        throw ApiException.exhausted("the download was left unread", Duration.ofSeconds(1));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
