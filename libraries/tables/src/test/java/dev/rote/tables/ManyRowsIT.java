package dev.rote.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten million rows pass through a process that has 64 MiB for all its objects. */
class ManyRowsIT {
  private static final long ROWS = 10_000_000;

  @Test
  void shouldStayBoundedWhenRowsAreMany(@TempDir Path directory)
      throws IOException, InterruptedException, SQLException {
    Path file = directory.resolve("scores.parquet");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                ManyRows.class.getName(),
                file.toString(),
                String.valueOf(ROWS))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    try (DuckDb duck = new DuckDb()) {
      /* Each index below 50,000 comes 200 times. */
      assertThat(
              duck.row(
                  "SELECT count(*), sum(source_index), count(DISTINCT trial) FROM '" + file + "'"))
          .containsExactly(String.valueOf(ROWS), String.valueOf(200L * 50_000 * 49_999 / 2), "200");
    }
  }
}
