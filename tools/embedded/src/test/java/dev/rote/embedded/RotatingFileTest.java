package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingFileTest {
  @TempDir Path folder;

  private RotatingFile file() {
    return new RotatingFile(folder.resolve("a/part.log"), 20, 3);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("a"))) {
      return files
          .sorted()
          .map(
              file -> {
                try {
                  return file.getFileName() + " " + Files.readString(file);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    }
  }

  @Test
  void write_moreThanFits_keepsTheNewestWholeLines() throws IOException {
    try (RotatingFile file = file()) {
      for (int i = 10; i < 30; i++) {
        file.write(bytes("line " + i + "\n"));
      }
    }

    assertThat(contents())
        .containsExactly(
            "part.log line 28\nline 29\n",
            "part.log.1 line 25\nline 26\nline 27\n",
            "part.log.2 line 22\nline 23\nline 24\n");
  }

  @Test
  void write_manyLinesAtOnce_breaksBetweenLines() throws IOException {
    try (RotatingFile file = file()) {
      file.write(bytes("line 10\nline 11\nline 12\nline 13\nline"));
      file.write(bytes(" 14\n"));
    }

    assertThat(contents())
        .containsExactly("part.log line 13\nline 14\n", "part.log.1 line 10\nline 11\nline 12\n");
  }

  @Test
  void write_endlessLine_isBroken() throws IOException {
    try (RotatingFile file = file()) {
      for (int i = 0; i < 1000; i++) {
        file.write('x');
      }
    }

    assertThat(contents()).hasSize(3).allSatisfy(one -> assertThat(one).hasSizeLessThan(60));
  }

  @Test
  void write_afterARestart_goesOnInTheSameFile() throws IOException {
    try (RotatingFile file = file()) {
      file.write(bytes("line 10\n"));
    }
    try (RotatingFile file = file()) {
      file.write(bytes("line 11\n"));
    }

    assertThat(contents()).containsExactly("part.log line 10\nline 11\n");
  }

  @Test
  void pump_fileThatCannotBeWritten_isEmptiedAllTheSame() throws Exception {
    Files.writeString(folder.resolve("a"), "a file where the folder should be");
    ByteArrayInputStream from = new ByteArrayInputStream(new byte[1 << 20]);

    LogPump.start("test", from, file()).await(Duration.ofSeconds(20));

    assertThat(from.available()).isZero();
  }
}
