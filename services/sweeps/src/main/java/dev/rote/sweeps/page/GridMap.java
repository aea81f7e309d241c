package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSummary.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The grid of a sweep as squares: of a small one a row for each point and a square for each
 * repetition, of a larger one squares of several trials that lie side by side in the order of the
 * grid.
 *
 * @param axes such as {@code data, width}; empty of a larger grid
 * @param legend trials in each state, those states that have any
 * @param span trials behind a square
 */
public record GridMap(String axes, List<Row> rows, List<Share> legend, int span) {
  private static final int MOST_SQUARES = 1_500;
  private static final int LONGEST_ROW = 100;
  private static final int BLOCKS_IN_A_ROW = 50;

  /** A row of squares. */
  public record Row(String label, List<Square> squares) {}

  /**
   * A square.
   *
   * @param link below the sweep's page
   * @param words what it says, for readers of a screen
   */
  public record Square(String link, String style, String sign, String words) {}

  /** So many trials are in a state. */
  public record Share(String style, String sign, String words) {}

  /**
   * The map of a sweep.
   *
   * @param states number of each trial's state, in the order of the grid
   */
  static GridMap of(Sweep sweep, byte[] states) {
    Grid grid = Grid.of(sweep.getSpec());
    long repetitions = states.length / Math.max(1, grid.points());
    boolean small =
        states.length <= MOST_SQUARES
            && repetitions <= LONGEST_ROW
            && repetitions * grid.points() == states.length;
    int span = small ? 1 : (states.length + MOST_SQUARES - 1) / MOST_SQUARES;
    return new GridMap(
        small ? String.join(", ", grid.axisNames()) : "",
        small ? points(grid, states) : blocks(states, span),
        legend(states),
        span);
  }

  private static List<Row> points(Grid grid, byte[] states) {
    int points = Math.toIntExact(grid.points());
    List<List<Square>> squares = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      squares.add(new ArrayList<>());
    }
    for (int index = 0; index < states.length; index++) {
      List<Square> row = squares.get((int) grid.point(index));
      State state = State.forNumber(states[index]);
      row.add(
          new Square(
              "/trials/" + index,
              TrialStates.style(state),
              TrialStates.sign(state),
              "trial " + index + ", repetition " + row.size() + ": " + TrialStates.word(state)));
    }
    List<Row> rows = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      rows.add(new Row(String.join(", ", grid.labelsAt(point).values()), squares.get(point)));
    }
    return rows;
  }

  private static List<Row> blocks(byte[] states, int span) {
    List<Row> rows = new ArrayList<>();
    int inARow = span * BLOCKS_IN_A_ROW;
    for (int first = 0; first < states.length; first += inARow) {
      List<Square> squares = new ArrayList<>();
      int end = Math.min(states.length, first + inARow);
      for (int from = first; from < end; from += span) {
        squares.add(block(states, from, Math.min(end, from + span)));
      }
      rows.add(new Row(String.format(Locale.ROOT, "from %,d", first), squares));
    }
    return rows;
  }

  private static Square block(byte[] states, int from, int to) {
    Map<State, Integer> counts = counts(states, from, to);
    State state = telling(counts);
    String words =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + TrialStates.word(entry.getKey()))
            .collect(Collectors.joining(", "));
    return new Square(
        "/trials?from=" + from,
        TrialStates.style(state),
        TrialStates.sign(state),
        "trials " + from + " to " + (to - 1) + ": " + words);
  }

  /** What should be seen first: failures, then work, then what is left. */
  private static State telling(Map<State, Integer> counts) {
    for (State state :
        List.of(
            State.FAILED,
            State.TRAINING,
            State.MEASURING,
            State.CORRUPTING,
            State.PENDING,
            State.CANCELLED,
            State.DONE)) {
      if (counts.containsKey(state)) {
        return state;
      }
    }
    return State.UNSPECIFIED;
  }

  private static Map<State, Integer> counts(byte[] states, int from, int to) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    for (int index = from; index < to; index++) {
      counts.merge(State.forNumber(states[index]), 1, Integer::sum);
    }
    return counts;
  }

  private static List<Share> legend(byte[] states) {
    List<Share> legend = new ArrayList<>();
    counts(states, 0, states.length)
        .forEach(
            (state, count) ->
                legend.add(
                    new Share(
                        TrialStates.style(state),
                        TrialStates.sign(state),
                        String.format(Locale.ROOT, "%,d %s", count, TrialStates.word(state)))));
    return legend;
  }
}
