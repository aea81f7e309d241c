package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.testkit.TestStore;
import dev.rote.v1.ColumnBlock;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.ExportTableRequest.Format;
import dev.rote.v1.ExportTableResponse;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceImplBase;
import dev.rote.v1.TableColumn;
import dev.rote.v1.TrialResult;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of three trials of which one is done, asked for by gRPC. */
class StoredTablesIT {
  private final Workplace place = new Workplace();
  private final TestStore store;
  private final Server server;
  private final ManagedChannel channel;

  StoredTablesIT(@TempDir Path directory) throws IOException {
    store = TestStore.start(directory);
    ReportMaker maker =
        new ReportMaker(new Plans(Workplace::plan), store.client(), "1.0", Clock.systemUTC());
    StoredTables tables = new StoredTables(maker, new StoredReports(store.client(), maker));
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Sweeps(tables))
            .build()
            .start();
    channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", server.getPort(), InsecureChannelCredentials.create())
            .build();
    place.submit("s", Workplace.sweep("s", 3, 1, 0));
    place.completeNext();
    place.completeNext();
    TrialResult.Builder result =
        TrialResult.newBuilder()
            .setTrialId("data-1")
            .setVariantId("v-data")
            .setOutcome(TrialResult.Outcome.CAP_REACHED);
    result.addHistoryBuilder().getTrainBuilder().setExamples(9).setAccuracy(0.5).setLoss(2);
    StoredMessage.TRIAL_RESULT.put(store.client(), result.build());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    store.close();
  }

  private final class Sweeps extends SweepsServiceImplBase {
    private final StoredTables tables;

    Sweeps(StoredTables tables) {
      this.tables = tables;
    }

    @Override
    public void exportTable(
        ExportTableRequest request, StreamObserver<ExportTableResponse> client) {
      WorkflowView view = new WorkflowView(place.state());
      SweepRecord sweep = view.sweep(request.getSweep()).orElseThrow();
      tables.export(view, sweep, request, (ServerCallStreamObserver<ExportTableResponse>) client);
    }
  }

  private List<ExportTableResponse> export(String table, Format format) {
    List<ExportTableResponse> parts = new ArrayList<>();
    SweepsServiceGrpc.newBlockingStub(channel)
        .exportTable(
            ExportTableRequest.newBuilder().setSweep("s").setTable(table).setFormat(format).build())
        .forEachRemaining(parts::add);
    return parts;
  }

  @Test
  void shouldSendWhatThereIsWhenASweepIsUnderWay() {
    List<ExportTableResponse> parts = export("trials", Format.COLUMNS);
    List<String> names =
        parts.get(0).getHeader().getColumnsList().stream().map(TableColumn::getName).toList();
    assertThat(parts).hasSize(2);
    ColumnBlock block = parts.get(1).getBlock();
    assertThat(block.getColumns(names.indexOf("state")).getTextsList())
        .containsExactly("done", "unfinished", "unfinished");
    assertThat(block.getColumns(names.indexOf("trial_id")).getMissing())
        .isEqualTo(ByteString.copyFrom(new byte[] {0b110}));
    assertThat(export("epochs", Format.UNSPECIFIED).get(1).getBlock().getRows()).isEqualTo(1);
    assertThat(export("scores", Format.COLUMNS)).hasSize(1);
    assertThat(export("claims", Format.COLUMNS)).hasSize(1);
  }

  @Test
  void shouldSendAFileWhenParquetIsAskedFor() {
    ByteString file =
        export("epochs", Format.PARQUET).stream()
            .map(ExportTableResponse::getChunk)
            .reduce(ByteString.EMPTY, ByteString::concat);
    assertThat(file.substring(0, 4).toStringUtf8()).isEqualTo("PAR1");
    assertThat(file.substring(file.size() - 4).toStringUtf8()).isEqualTo("PAR1");
  }

  @Test
  void shouldRefuseATableThatThereIsNot() {
    ExportTableRequest users = ExportTableRequest.newBuilder().setTable("users").build();
    assertThatThrownBy(() -> StoredTables.require(users))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("must be one of trials, epochs, examples, scores");
  }
}
