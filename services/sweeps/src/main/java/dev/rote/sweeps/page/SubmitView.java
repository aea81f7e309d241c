package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.spec.Violation;
import dev.rote.v1.SubmitSweepResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sweep that is being written.
 *
 * @param text as it was sent
 * @param problems what is wrong
 * @param lines the text with its numbers, when something is wrong
 * @param warnings what may not be meant
 * @param verdict that it is valid, and its size; empty when it is not, or was not sent yet
 */
public record SubmitView(
    String text, List<Problem> problems, List<Line> lines, List<String> warnings, String verdict) {
  private static final Pattern PLACE = Pattern.compile(":(\\d{1,7}):(\\d{1,7})$");

  /**
   * Something wrong.
   *
   * @param line from 1; 0 when its place is unknown
   */
  public record Problem(int line, int column, String path, String message) {}

  /** A line of the text. */
  public record Line(int number, String text, boolean wrong) {}

  static SubmitView unsent(String text) {
    return new SubmitView(text, List.of(), List.of(), List.of(), "");
  }

  static SubmitView refused(String text, List<Violation> violations) {
    List<Problem> problems = violations.stream().map(SubmitView::problem).toList();
    Set<Integer> wrong = new HashSet<>();
    problems.forEach(problem -> wrong.add(problem.line()));
    List<Line> lines = new ArrayList<>();
    text.lines()
        .forEach(
            line -> lines.add(new Line(lines.size() + 1, line, wrong.contains(lines.size() + 1))));
    return new SubmitView(text, problems, lines, List.of(), "");
  }

  /** Refused for something else than what is written. */
  static SubmitView refused(String text, String words) {
    return new SubmitView(text, List.of(new Problem(0, 0, "", words)), List.of(), List.of(), "");
  }

  static SubmitView valid(String text, SubmitSweepResponse answer) {
    long trials = Grid.of(answer.getSweep().getSpec()).size();
    return new SubmitView(
        text,
        List.of(),
        List.of(),
        answer.getWarningsList(),
        String.format(
            Locale.ROOT,
            "The sweep is valid: %,d trials. Its id will be %s.",
            trials,
            answer.getSweep().getStatus().getSweepId()));
  }

  private static Problem problem(Violation violation) {
    Matcher place = PLACE.matcher(violation.place());
    return place.find()
        ? new Problem(
            Integer.parseInt(place.group(1)),
            Integer.parseInt(place.group(2)),
            violation.path(),
            violation.message())
        : new Problem(0, 0, violation.path(), violation.message());
  }
}
