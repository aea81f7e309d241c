package dev.rote.sweeps.grpc;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.DownloadReportResponse;
import dev.rote.v1.Report;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Reports of completed sweeps in object storage. */
public final class StoredReports {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final ObjectStore store;

  public StoredReports(ObjectStore store) {
    this.store = store;
  }

  Report report(SweepRecord sweep) {
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

  /** Sends all files, each checked, as fast as the client takes them in. */
  void download(SweepRecord sweep, ServerCallStreamObserver<DownloadReportResponse> client) {
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
