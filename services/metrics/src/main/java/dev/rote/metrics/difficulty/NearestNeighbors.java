package dev.rote.metrics.difficulty;

import java.util.Arrays;

/**
 * The k nearest of a stream of labelled points to each of a block of points, by Euclidean distance;
 * of points as far away as each other the one that came first. Squares of differences are summed in
 * float32.
 */
final class NearestNeighbors {
  private static final int UNROLLED = 4;

  private final float[] points;
  private final int count;
  private final int width;
  private final int k;
  private final float[] distances;
  private final int[] labels;
  private final int[] found;

  /**
   * @param points float32[count, width] or longer
   */
  NearestNeighbors(float[] points, int count, int width, int k) {
    this.points = points;
    this.count = count;
    this.width = width;
    this.k = k;
    this.distances = new float[count * k];
    this.labels = new int[count * k];
    this.found = new int[count];
  }

  /**
   * Looks at more of the stream.
   *
   * @param stream float32[m, width] or longer
   * @param own of each of them its label
   * @param skipped which of the block's points is the first of these itself, and so on with the
   *     next ones; outside the block: none
   */
  void look(float[] stream, int[] own, int m, int skipped) {
    float[] columns = transposed(stream, m);
    float[] squares = new float[m];
    for (int i = 0; i < count; i++) {
      Arrays.fill(squares, 0);
      measure(i, columns, m, squares);
      for (int r = 0; r < m; r++) {
        if (skipped + r != i) {
          offer(i, squares[r], own[r]);
        }
      }
    }
  }

  private float[] transposed(float[] rows, int m) {
    float[] columns = new float[width * m];
    for (int r = 0; r < m; r++) {
      for (int j = 0; j < width; j++) {
        columns[j * m + r] = rows[r * width + j];
      }
    }
    return columns;
  }

  /* Rows of columns are added to all squares at once, which the JIT compiler makes vectors of. */
  private void measure(int point, float[] columns, int m, float[] squares) {
    int at = point * width;
    int j = 0;
    for (; j + UNROLLED <= width; j += UNROLLED) {
      add(
          points[at + j],
          points[at + j + 1],
          points[at + j + 2],
          points[at + j + 3],
          columns,
          j * m,
          m,
          squares);
    }
    for (; j < width; j++) {
      float value = points[at + j];
      for (int r = 0; r < m; r++) {
        float difference = value - columns[j * m + r];
        squares[r] += difference * difference;
      }
    }
  }

  private static void add(
      float a, float b, float c, float d, float[] columns, int from, int m, float[] squares) {
    int second = from + m;
    int third = second + m;
    int fourth = third + m;
    for (int r = 0; r < m; r++) {
      float ofFirst = a - columns[from + r];
      float ofSecond = b - columns[second + r];
      float ofThird = c - columns[third + r];
      float ofFourth = d - columns[fourth + r];
      squares[r] +=
          ofFirst * ofFirst + ofSecond * ofSecond + ofThird * ofThird + ofFourth * ofFourth;
    }
  }

  /** Keeps the nearest in ascending order. */
  private void offer(int point, float distance, int label) {
    if (Float.isNaN(distance)) {
      return;
    }
    int from = point * k;
    int size = found[point];
    if (size == k && !(distance < distances[from + k - 1])) {
      return;
    }
    int at = size == k ? k - 1 : size;
    found[point] = at + 1;
    while (at > 0 && distance < distances[from + at - 1]) {
      distances[from + at] = distances[from + at - 1];
      labels[from + at] = labels[from + at - 1];
      at--;
    }
    distances[from + at] = distance;
    labels[from + at] = label;
  }

  /** The class that most of a point's neighbours have, the first of them; -1 without any. */
  int vote(int point, int classes) {
    int[] votes = new int[classes];
    for (int n = 0; n < found[point]; n++) {
      votes[labels[point * k + n]]++;
    }
    int best = -1;
    for (int c = 0; c < classes; c++) {
      if (votes[c] > (best < 0 ? 0 : votes[best])) {
        best = c;
      }
    }
    return best;
  }
}
