package dev.rote.figures.statistics;

import java.util.List;

/**
 * Which example was misclassified in which repetition.
 *
 * @param examples N
 * @param rows a bit set a repetition, of at least N bits: bit i mod 8, from the lowest, of byte i /
 *     8 is set when example i was misclassified
 */
public record ErrorTable(int examples, List<byte[]> rows) {
  public ErrorTable {
    rows = List.copyOf(rows);
    for (byte[] row : rows) {
      if (row.length < (examples + 7) / 8) {
        throw new IllegalArgumentException(
            "a repetition needs a bit for each of "
                + examples
                + " examples, had "
                + row.length
                + " bytes");
      }
    }
  }

  /** R. */
  public int repetitions() {
    return rows.size();
  }

  /** int8[N, R]: 1 where example i was misclassified in repetition r. */
  byte[][] byExample() {
    byte[][] wrong = new byte[examples][repetitions()];
    for (int r = 0; r < repetitions(); r++) {
      byte[] row = rows.get(r);
      for (int i = 0; i < examples; i++) {
        wrong[i][r] = (byte) (row[i >> 3] >> (i & 7) & 1);
      }
    }
    return wrong;
  }
}
