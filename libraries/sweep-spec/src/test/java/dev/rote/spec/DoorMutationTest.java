package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sweeps with mistakes by chance are taken or refused, never anything else, and soon. {@code
 * -Drote.mutations=100000} tries more of them.
 */
class DoorMutationTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 2_000);
  private static final long LONGEST_NANOS = 20_000_000_000L;

  /** Pieces that have been trouble somewhere. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "\"",
          "'",
          "\n",
          "\t",
          "- ",
          "#",
          "&a ",
          "*a",
          "!!str ",
          "---\n",
          "...\n",
          "|\n",
          ">\n",
          "?",
          "<<: ",
          "%YAML 1.1\n",
          "\\u0000",
          "\\ud800",
          "\\/",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\uffff",
          "\ud83d\ude00",
          "\u0092",
          "null",
          "~",
          "true",
          "no",
          "0200",
          "0x1F",
          "1_000",
          "1e400",
          "1e-99999999",
          "-1",
          ".5",
          "5.",
          ".inf",
          ".nan",
          "NaN",
          "9007199254740993",
          "18446744073709551616",
          "999999999999999999999999999999",
          "1,500",
          "spec",
          "spec: ",
          "axes",
          "values",
          "field",
          "seed",
          "trainSize",
          "train_size",
          "mlp",
          "cnn",
          "{}",
          "[]",
          "[{}]",
          "{a: b}",
          "UNSPECIFIED",
          "GAUSSIAN",
          "idx",
          "cifar10",
          "x",
          " ");

  private static final String CLAIMS =
      """
      - claim: Seed {level} fits {data}.
        forEach: [{axis: level, labels: ['1', '2']}, {axis: data, words: {real: x}}]
        value: {metric: {kind: TRAIN_LOSS}, label: "{data}", where: {level: "{level}"}}
      - claim: It rises {order} with seed {level}.
        inTurn: true
        forEach: [{name: order, families: [{name: up, labels: ['1', '2', '3']}]}]
        trend:
          term: {metric: {kind: TRAIN_LOSS}, series: level, where: {data: real}}
          labels: ["{order}", "{level}"]
      """;

  private final Random random = new Random(15);

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "json"})
  void parseValid_mutatedSweep_isTakenOrRefused(String format) {
    Sweep sound = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml");
    List<String> seeds =
        format.equals("json")
            ? List.of(SweepFiles.toJson(sound), DocumentReadingTest.JSON)
            : List.of(
                SweepFilesTest.SWEEP,
                SweepFiles.toYaml(FilledSweep.of(sound)),
                ClaimExpansionTest.sweep(CLAIMS));
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String text = mutated(seeds.get(i % seeds.size()));
      long before = System.nanoTime();
      try {
        Sweep sweep = SweepFiles.parseValid(text, "m." + format, List.of());
        assertThat(SweepFiles.parse(SweepFiles.toYaml(sweep), "again")).isEqualTo(sweep);
        assertThat(SweepFiles.parse(SweepFiles.toJson(sweep), "again")).isEqualTo(sweep);
        assertThat(Ids.sweepId(sweep).value()).isNotEmpty();
        taken++;
      } catch (SpecException e) {
        assertThat(e.violations()).as(text).isNotEmpty().hasSizeLessThanOrEqualTo(100);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("mutation " + i + " of seed 15:\n" + text, e);
      }
      assertThat(System.nanoTime() - before).as(text).isLessThan(LONGEST_NANOS);
    }
    assertThat(taken).isBetween(1, MUTATIONS - 1);
  }

  private String mutated(String text) {
    StringBuilder mutant = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && mutant.length() > 2; i++) {
      change(mutant);
    }
    return mutant.toString();
  }

  private void change(StringBuilder text) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    switch (random.nextInt(7)) {
      case 0 -> text.insert(at, piece);
      case 1 -> text.replace(at, end, piece);
      case 2 -> text.delete(at, end);
      case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
      case 4 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 80)));
      case 5 -> scalar(text, at, piece);
      default -> swapLines(text, at);
    }
  }

  /** Replaces one word, so that many mutants are still documents. */
  private static void scalar(StringBuilder text, int at, String piece) {
    int from = at;
    while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
      to++;
    }
    text.replace(from, to, piece);
  }

  private void swapLines(StringBuilder text, int at) {
    List<String> lines = new ArrayList<>(List.of(text.toString().split("\n", -1)));
    int one = at % lines.size();
    int other = random.nextInt(lines.size());
    String moved = lines.get(one);
    lines.set(one, lines.get(other));
    lines.set(other, moved);
    text.setLength(0);
    text.append(String.join("\n", lines));
  }
}
