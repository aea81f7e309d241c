package dev.rote.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A running contestant. */
final class ContestantProcess implements AutoCloseable {
  private static final int LOG_LINES = 15;

  private final Contestant contestant;
  private final Path log;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  ContestantProcess(Contestant contestant, Path directory) {
    this.contestant = contestant;
    this.log = directory.resolve(contestant.name().replaceAll("[^A-Za-z0-9.]+", "-") + ".log");
    try {
      this.process =
          new ProcessBuilder(contestant.command())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + contestant.command(), e);
    }
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  String name() {
    return contestant.name();
  }

  double[] check() {
    return Arrays.stream(ask("check").split(" "))
        .filter(word -> !word.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** Seconds of {@code times} pieces of work. */
  double run(int times) {
    return Double.parseDouble(ask("run " + times));
  }

  /** The most bytes that it had resident; 0 if it cannot tell. */
  long peak() {
    return Long.parseLong(ask("peak"));
  }

  private String ask(String line) {
    try {
      in.write(line + "\n");
      in.flush();
      String answer = out.readLine();
      if (answer != null) {
        return answer;
      }
    } catch (IOException e) {
      throw new IllegalStateException(ended(), e);
    }
    throw new IllegalStateException(ended());
  }

  private String ended() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return "contestant "
          + name()
          + " ended early; "
          + log
          + " ends with\n"
          + String.join("\n", tail);
    } catch (IOException e) {
      return "contestant " + name() + " ended early, and its log cannot be read: " + e;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
