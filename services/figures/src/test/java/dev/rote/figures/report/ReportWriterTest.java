package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
  private static final Path SAMPLE = Path.of("target", "sample-report");

  private static Map<String, byte[]> write(Report report) {
    Map<String, byte[]> files = new TreeMap<>();
    ReportWriter.write(report, files::put);
    return files;
  }

  @Test
  void shouldWriteEveryFileOfTheReport() throws IOException {
    Map<String, byte[]> files = write(SampleStudy.report());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = SAMPLE.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    assertThat(files.keySet())
        .containsExactly(
            "figures/curves.png",
            "figures/curves.svg",
            "figures/fig1.png",
            "figures/fig1.svg",
            "provenance.json",
            "report.html",
            "report.pb",
            "sweep.json",
            "tables/curves.csv",
            "tables/fig1.csv",
            "verdicts.json");
  }
}
