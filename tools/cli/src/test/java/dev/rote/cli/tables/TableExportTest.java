package dev.rote.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.cli.CommandLineRun;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.FakeServices;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.ColumnBlock;
import dev.rote.v1.ColumnValues;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.ExportTableResponse;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceImplBase;
import dev.rote.v1.TableColumn;
import dev.rote.v1.TableHeader;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableExportTest {
  private static final List<String> TABLES =
      List.of("claims", "epochs", "examples", "figures", "measurements", "scores", "trials");

  @TempDir private Path directory;
  private String breaking = "";
  private final FakeServices services = new FakeServices(new Sweeps());

  @AfterEach
  void stop() {
    services.close();
  }

  /** Every table has two rows of a text and a number; one breaks off after its first part. */
  private final class Sweeps extends SweepsServiceImplBase {
    @Override
    public void exportTable(
        ExportTableRequest request, StreamObserver<ExportTableResponse> client) {
      if (!request.getSweep().equals("study")) {
        client.onError(ApiException.notFound("sweep", request.getSweep(), "no such sweep"));
        return;
      }
      ExportTableResponse.Builder first = ExportTableResponse.newBuilder();
      ExportTableResponse.Builder second = ExportTableResponse.newBuilder();
      if (request.getFormat() == ExportTableRequest.Format.PARQUET) {
        first.setChunk(ByteString.copyFromUtf8(request.getTable()));
        second.setChunk(ByteString.copyFromUtf8(" as Parquet"));
      } else {
        first.setHeader(
            TableHeader.newBuilder()
                .setTable(request.getTable())
                .addColumns(column("name", TableColumn.Type.TEXT))
                .addColumns(column("value", TableColumn.Type.FLOAT)));
        second.setBlock(
            ColumnBlock.newBuilder()
                .setRows(2)
                .addColumns(ColumnValues.newBuilder().addTexts("a,b").addTexts("=1"))
                .addColumns(
                    ColumnValues.newBuilder()
                        .addFloats(0.1f)
                        .addFloats(0)
                        .setMissing(ByteString.copyFrom(new byte[] {2}))));
      }
      client.onNext(first.build());
      if (request.getTable().equals(breaking)) {
        client.onError(new IllegalStateException("gone"));
        return;
      }
      client.onNext(second.build());
      client.onCompleted();
    }

    private static TableColumn column(String name, TableColumn.Type type) {
      return TableColumn.newBuilder().setName(name).setType(type).build();
    }
  }

  private CommandLineRun rote(String... args) {
    return CommandLineRun.of(services, args);
  }

  private List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void export_tables_areParquet() throws IOException {
    Path folder = directory.resolve("out/tables");
    CommandLineRun run = rote("export", "study", "--tables", folder.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(files(folder)).isEqualTo(TABLES.stream().map(name -> name + ".parquet").toList());
    assertThat(folder.resolve("scores.parquet")).hasContent("scores as Parquet");
    assertThat(run.out().lines()).hasSize(TABLES.size()).contains(folder + "/scores.parquet");
  }

  @Test
  void export_csv_isWrittenFromColumns() throws IOException {
    CommandLineRun run =
        rote("export", "study", "--tables", directory.toString(), "--format", "csv");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(Files.readString(directory.resolve("trials.csv")))
        .isEqualTo("name,value\r\n\"a,b\",0.1\r\n'=1,\r\n");
  }

  @Test
  void export_brokenOff_leavesNoHalfTable() throws IOException {
    breaking = "scores";
    Files.writeString(directory.resolve("scores.parquet"), "the older one");
    CommandLineRun run = rote("export", "study", "--tables", directory.toString());
    assertThat(run.exitCode()).isNotEqualTo(ExitCodes.OK);
    assertThat(files(directory))
        .containsExactly("epochs.parquet", "examples.parquet", "scores.parquet", "trials.parquet");
    assertThat(directory.resolve("scores.parquet")).hasContent("the older one");
  }

  @Test
  void export_unknownSweep_leavesNothing() {
    Path folder = directory.resolve("tables");
    CommandLineRun run = rote("export", "other", "--tables", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err()).contains("no such sweep");
    assertThat(folder).doesNotExist();
  }

  @Test
  void export_optionsOfWeights_areRefusedWithTables() {
    String folder = directory.toString();
    assertThat(rote("export", "study", "--tables", folder, "--format", "npz").err())
        .contains("--format must be parquet or csv with --tables, was npz");
    assertThat(rote("export", "study", "--tables", folder, "--epoch", "3").exitCode())
        .isEqualTo(ExitCodes.INVALID);
    assertThat(rote("export", "t1", "--format", "parquet").err()).contains("--tables DIR");
  }
}
