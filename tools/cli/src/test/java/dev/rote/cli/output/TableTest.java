package dev.rote.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  private record Row(String name, long count) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(Column.text("name", Row::name), Column.number("trials_done", Row::count));

  @Test
  void aligned_rowsOfDifferentWidth_areAlignedWithoutTrailingBlanks() {
    assertThat(Table.aligned(COLUMNS, List.of(new Row("demo", 7), new Row("fig1-small", 120))))
        .containsExactly(
            "NAME        TRIALS_DONE", "demo                  7", "fig1-small          120");
  }

  @Test
  void aligned_noRows_isTheHeader() {
    assertThat(Table.aligned(COLUMNS, List.of())).containsExactly("NAME  TRIALS_DONE");
  }

  @Test
  void aligned_lineBreaksInACell_becomeBlanks() {
    assertThat(Table.aligned(COLUMNS, List.of(new Row("a\n  b", 1))).get(1)).startsWith("a b ");
  }

  @Test
  void csv_commasQuotesAndLineBreaks_areQuoted() {
    assertThat(Table.csv(COLUMNS, List.of(new Row("plain", 1), new Row("a,\"b\"\nc", 2))))
        .containsExactly("name,trials_done", "plain,1", "\"a,\"\"b\"\"\nc\",2");
  }

  @Test
  void aligned_escapeSequences_areShown() {
    List<String> lines =
        Table.aligned(COLUMNS, List.of(new Row("\u001b]0;PWN\u0007\u001b[31mred", 1)));
    assertThat(lines.get(1)).startsWith("\\u001b]0;PWN\\u0007\\u001b[31mred");
    assertThat(String.join("", lines)).doesNotContain("\u001b", "\u0007");
  }

  @Test
  void aligned_wideCharacters_countTwice() {
    assertThat(Table.aligned(COLUMNS, List.of(new Row("日本語", 1), new Row("plain!", 22))))
        .containsExactly("NAME    TRIALS_DONE", "日本語            1", "plain!           22");
  }

  @Test
  void csv_formulas_areText() {
    assertThat(Table.csv(COLUMNS, List.of(new Row("=1+1", -1), new Row("-0.5", 2))))
        .containsExactly("name,trials_done", "'=1+1,-1", "-0.5,2");
  }
}
