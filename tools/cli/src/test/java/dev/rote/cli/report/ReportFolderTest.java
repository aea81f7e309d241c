package dev.rote.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.rote.cli.CommandFailure;
import dev.rote.v1.DownloadReportResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportFolderTest {
  private static final String ID = "demo-0123abcd";

  @TempDir Path out;

  private static DownloadReportResponse file(String path, String text) {
    return DownloadReportResponse.newBuilder()
        .setPath(path)
        .setSizeBytes(text.length())
        .setChunk(ByteString.copyFromUtf8(text))
        .build();
  }

  private static Iterator<DownloadReportResponse> report(String page) {
    DownloadReportResponse head =
        DownloadReportResponse.newBuilder()
            .setPath("report.html")
            .setSizeBytes(page.length())
            .setChunk(ByteString.copyFromUtf8(page.substring(0, 1)))
            .build();
    DownloadReportResponse rest =
        DownloadReportResponse.newBuilder()
            .setChunk(ByteString.copyFromUtf8(page.substring(1)))
            .build();
    return List.of(head, rest, file("figures/fig1.svg", "<svg/>"), file("provenance.json", "{}"))
        .iterator();
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> paths = Files.list(out)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void write_files_areJoinedFromTheirChunks() throws IOException {
    new ReportFolder(out, "demo").write(ID, report("<html>"));

    assertThat(out.resolve("demo/report.html")).hasContent("<html>");
    assertThat(out.resolve(ID).resolve("report.html")).hasContent("<html>");
    assertThat(out.resolve("demo/figures/fig1.svg")).hasContent("<svg/>");
    assertThat(entries()).containsExactly("demo", ID);
  }

  @Test
  void write_earlierReport_isReplacedAsAWhole() throws IOException {
    new ReportFolder(out, "demo").write(ID, report("old"));
    Files.writeString(out.resolve("demo/figures/gone.svg"), "from an earlier spec");

    new ReportFolder(out, "demo").write(ID, report("new"));

    assertThat(out.resolve("demo/report.html")).hasContent("new");
    assertThat(out.resolve("demo/figures/gone.svg")).doesNotExist();
    assertThat(entries()).containsExactly("demo", ID);
  }

  @Test
  void write_streamBreaks_leavesTheEarlierReport() throws IOException {
    new ReportFolder(out, "demo").write(ID, report("old"));
    Iterator<DownloadReportResponse> tooShort =
        List.of(file("provenance.json", "{}").toBuilder().setSizeBytes(3).build()).iterator();

    assertThatThrownBy(() -> new ReportFolder(out, "demo").write(ID, tooShort))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("provenance.json of the report has 2 bytes, expected 3");
    assertThat(out.resolve("demo/report.html")).hasContent("old");
    assertThat(entries()).containsExactly("demo", ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/etc/evil", "a/../../evil", "a\\..\\evil", "."})
  void write_pathOutOfTheFolder_isRefused(String path) throws IOException {
    assertThatThrownBy(
            () -> new ReportFolder(out, "demo").write(ID, List.of(file(path, "x")).iterator()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("outside its folder: '" + path + "'");
    assertThat(entries()).isEmpty();
  }

  @Test
  void write_reportOfAnotherSweepOfThatName_bothAreKept() throws IOException {
    new ReportFolder(out, "demo").write("demo-1111", report("pilot"));
    new ReportFolder(out, "demo").write("demo-2222", report("main"));

    assertThat(out.resolve("demo/report.html")).hasContent("main");
    assertThat(out.resolve("demo-1111/report.html")).hasContent("pilot");
    assertThat(out.resolve("demo-2222/figures/fig1.svg")).hasContent("<svg/>");

    new ReportFolder(out, "demo").write("demo-1111", report("pilot again"));

    assertThat(out.resolve("demo/report.html")).hasContent("pilot again");
    assertThat(out.resolve("demo-2222/report.html")).hasContent("main");
    assertThat(entries()).containsExactly("demo", "demo-1111", "demo-2222");
  }

  @Test
  void write_reportFromBeforeIdsWereKept_isKeptByItsId() throws IOException {
    Files.createDirectories(out.resolve("demo"));
    Files.writeString(out.resolve("demo/provenance.json"), "{\"sweep_id\": \"demo-0000\"}");

    new ReportFolder(out, "demo").write(ID, report("new"));

    assertThat(out.resolve("demo-0000/provenance.json")).exists();
    assertThat(entries()).containsExactly("demo", "demo-0000", ID);
  }

  @Test
  void write_outIsAPlaceAbove_isWrittenThere() throws IOException {
    Path inside = Files.createDirectories(out.resolve("inside"));
    new ReportFolder(inside.resolve(".."), "demo").write(ID, report("<html>"));
    new ReportFolder(out.resolve("."), "other").write("other-1", report("<html>"));

    assertThat(out.resolve("demo/report.html")).hasContent("<html>");
    assertThat(out.resolve("other/report.html")).hasContent("<html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../evil", "a/b", "a\\b"})
  void write_idThatIsNone_isRefused(String id) throws IOException {
    assertThatThrownBy(() -> new ReportFolder(out, "demo").write(id, report("<html>")))
        .hasMessageContaining("is no id of a sweep");
    assertThat(entries()).isEmpty();
  }

  @Test
  void write_folderOfSomethingElse_isLeftAlone() throws IOException {
    Files.createDirectories(out.resolve("demo"));
    Files.writeString(out.resolve("demo/thesis.txt"), "mine");

    assertThatThrownBy(() -> new ReportFolder(out, "demo").write(ID, report("<html>")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is no report of Rote's");
    assertThat(out.resolve("demo/thesis.txt")).hasContent("mine");
  }

  @Test
  void write_noProvenance_isRefused() {
    assertThatThrownBy(
            () ->
                new ReportFolder(out, "demo")
                    .write(ID, List.of(file("report.html", "x")).iterator()))
        .hasMessageContaining("without its provenance.json");
    assertThat(out.resolve("demo")).doesNotExist();
  }

  @Test
  void write_leftOverOfAProcessThatWasKilled_isRemoved() throws IOException {
    Path left = Files.createDirectories(out.resolve(".demo.0-0.part"));
    Files.writeString(left.resolve("report.html"), "half");
    Files.writeString(out.resolve(".demo.0-0.lock"), "");
    Path older = Files.createDirectories(out.resolve(".demo.1-1.part"));
    Files.setLastModifiedTime(older, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Files.createDirectories(out.resolve(".demo.2-2.part"));

    new ReportFolder(out, "demo").write(ID, report("<html>"));

    assertThat(entries())
        .as("the last one may be about to get its lock")
        .containsExactlyInAnyOrder(".demo.2-2.part", "demo", ID);
  }

  /** As two runs of one sweep at the same time do. */
  @Test
  void write_whileAnotherWritesTheSame_bothEnd() throws IOException {
    Iterator<DownloadReportResponse> own = report("<html>");
    Iterator<DownloadReportResponse> interrupted =
        new Iterator<>() {
          private boolean begun;

          @Override
          public boolean hasNext() {
            return own.hasNext();
          }

          @Override
          public DownloadReportResponse next() {
            DownloadReportResponse chunk = own.next();
            if (!begun) {
              begun = true;
              writeAnother();
            }
            return chunk;
          }
        };
    new ReportFolder(out, "demo").write(ID, interrupted);

    assertThat(out.resolve("demo/report.html")).hasContent("<html>");
    assertThat(entries()).containsExactlyInAnyOrder("demo", ID);
  }

  private void writeAnother() {
    try {
      new ReportFolder(out, "demo").write(ID, report("<other>"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
