package dev.rote.recipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Numbers that PyTorch made, by {@code recorded.py} beside them. */
final class Recorded {
  private static final Map<String, double[]> NUMBERS = read();

  private Recorded() {}

  static double[] of(String name) {
    return Objects.requireNonNull(NUMBERS.get(name), name);
  }

  private static Map<String, double[]> read() {
    try (InputStream in =
        Objects.requireNonNull(Recorded.class.getResourceAsStream("recorded.txt"))) {
      Map<String, double[]> numbers = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .forEach(
              words ->
                  numbers.put(
                      words[0],
                      Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray()));
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
