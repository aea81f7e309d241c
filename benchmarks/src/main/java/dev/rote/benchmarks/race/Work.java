package dev.rote.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a contestant written in Java does. */
public interface Work {

  /** Numbers that all contestants must agree on; asked for once, before any run. */
  double[] check();

  /** Does {@code times} pieces of work. */
  void run(int times);

  /** Takes away what a run has left, while no clock runs. */
  default void clear() {}

  /** Answers the race until its end; the process's standard output belongs to the answers. */
  static void serve(Work work) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(work, line));
      out.flush();
    }
  }

  private static String answer(Work work, String line) {
    return switch (line) {
      case "check" -> numbers(work.check());
      case "peak" -> Long.toString(PeakMemory.bytes());
      default -> Double.toString(seconds(work, line));
    };
  }

  private static String numbers(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  private static double seconds(Work work, String line) {
    int times = Integer.parseInt(line.substring("run ".length()));
    long start = System.nanoTime();
    work.run(times);
    double seconds = (System.nanoTime() - start) * 1e-9;
    work.clear();
    return seconds;
  }
}
