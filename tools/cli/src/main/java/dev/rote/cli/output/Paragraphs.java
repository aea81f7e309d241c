package dev.rote.cli.output;

import dev.rote.spec.VisibleText;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a table that is wider than the terminal: each as its first cell and, below, names and
 * values of the others, in lines that fit. Cells that say nothing are left out.
 */
final class Paragraphs {
  private static final String INDENT = "  ";
  private static final String NOTHING = "-";

  private final List<String> lines = new ArrayList<>();
  private final int columns;

  private Paragraphs(int columns) {
    this.columns = columns;
  }

  /** Lines of at most so many columns, but for words that are longer. */
  static <T> List<String> of(List<Column<T>> columns, List<T> rows, int width) {
    Paragraphs paragraphs = new Paragraphs(width);
    rows.forEach(row -> paragraphs.add(columns, row));
    return paragraphs.lines;
  }

  private <T> void add(List<Column<T>> cells, T row) {
    List<String> words = new ArrayList<>();
    for (Column<T> cell : cells.subList(1, cells.size())) {
      String value = VisibleText.line(cell.shown().apply(row));
      if (!value.isEmpty() && !value.equals(NOTHING)) {
        words.addAll(List.of((cell.name() + " " + value + ",").split(" ")));
      }
    }
    lines.add(cells.get(0).name() + " " + VisibleText.line(cells.get(0).shown().apply(row)));
    if (!words.isEmpty()) {
      String last = words.remove(words.size() - 1);
      words.add(last.substring(0, last.length() - 1));
    }
    fill(words);
  }

  private void fill(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      String more = (line.isEmpty() ? INDENT : " ") + word;
      if (!line.isEmpty() && DisplayWidth.of(line + more) > columns) {
        lines.add(line.toString());
        line.setLength(0);
        more = INDENT + word;
      }
      line.append(more);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
  }
}
