package dev.rote.sweeps.grpc;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots;
import dev.rote.sweeps.report.MissingResultException;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.tables.ColumnBlocks;
import dev.rote.tables.ParquetRows;
import dev.rote.tables.RowSink;
import dev.rote.tables.SweepTables;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.ExportTableResponse;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Tables of sweeps, made for the call from what is stored, and sent as fast as the client takes
 * them in.
 */
public final class StoredTables {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final int MADE_AT_ONCE = 2;

  private final ReportMaker maker;
  private final StoredReports reports;
  private final Slots making =
      new Slots(MADE_AT_ONCE, "tables made for a call", Duration.ofSeconds(1));

  public StoredTables(ReportMaker maker, StoredReports reports) {
    this.maker = maker;
    this.reports = reports;
  }

  /** Refuses a table that there is none of. */
  static void require(ExportTableRequest request) {
    if (!SweepTables.names().contains(request.getTable())) {
      throw ApiException.invalid(
          "table",
          "must be one of "
              + String.join(", ", SweepTables.names())
              + ", was '"
              + Pages.brief(request.getTable())
              + "'");
    }
    if (request.getFormat() == ExportTableRequest.Format.UNRECOGNIZED) {
      throw ApiException.invalid("format", "must be COLUMNS or PARQUET, was another");
    }
  }

  /** Sends a table of a sweep. */
  void export(
      WorkflowView view,
      SweepRecord sweep,
      ExportTableRequest request,
      ServerCallStreamObserver<ExportTableResponse> client) {
    making.acquire();
    try {
      send(view, sweep, request, client);
      client.onCompleted();
    } catch (MissingResultException e) {
      throw StoredReports.lost(sweep, "table", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      making.release();
    }
  }

  private void send(
      WorkflowView view,
      SweepRecord sweep,
      ExportTableRequest request,
      ServerCallStreamObserver<ExportTableResponse> client)
      throws IOException {
    Sweep spec = view.spec(sweep.getSweepId()).orElseThrow();
    SweepTables tables = new SweepTables(spec);
    String name = request.getTable();
    if (request.getFormat() == ExportTableRequest.Format.PARQUET) {
      try (OutputStream chunks = new BufferedOutputStream(new Chunks(client), CHUNK_BYTES);
          ParquetRows rows = new ParquetRows(tables.table(name), chunks)) {
        rows(view, sweep, tables, name, rows, client);
      }
    } else {
      send(
          ExportTableResponse.newBuilder()
              .setHeader(ColumnBlocks.header(sweep.getSweepId(), tables.table(name))),
          client);
      try (ColumnBlocks rows =
          new ColumnBlocks(
              tables.table(name),
              block -> send(ExportTableResponse.newBuilder().setBlock(block), client))) {
        rows(view, sweep, tables, name, rows, client);
      }
    }
  }

  private void rows(
      WorkflowView view,
      SweepRecord sweep,
      SweepTables tables,
      String name,
      RowSink sink,
      ServerCallStreamObserver<ExportTableResponse> client)
      throws IOException {
    if (SweepTables.isOfReport(name)) {
      Report report = reports.report(view, sweep, true);
      tables.write(name, report, sink);
    } else {
      maker.read(view, sweep, client::isCancelled, results -> tables.write(name, results, sink));
    }
  }

  private static void send(
      ExportTableResponse.Builder part, ServerCallStreamObserver<ExportTableResponse> client) {
    StoredReports.awaitRoom(client);
    client.onNext(part.build());
  }

  private static final class Chunks extends OutputStream {
    private final ServerCallStreamObserver<ExportTableResponse> client;

    Chunks(ServerCallStreamObserver<ExportTableResponse> client) {
      this.client = client;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int from = 0; from < length; from += CHUNK_BYTES) {
        int size = Math.min(CHUNK_BYTES, length - from);
        send(
            ExportTableResponse.newBuilder()
                .setChunk(ByteString.copyFrom(bytes, offset + from, size)),
            client);
      }
    }
  }
}
