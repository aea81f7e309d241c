package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassMatrixOracleTest {
  /**
   * Two examples of class 0, one of class 1; two losses of class 0, one of class 1. Row 0: (2 + 4 +
   * 6 + 8) / 4 = 5 and (1 + 3) / 2 = 2; row 1: (3 + 5) / 2 = 4 and 1.
   */
  private static ClassMatrix matrix() {
    ClassMatrix matrix = new ClassMatrix(2);
    matrix.countExample(0);
    matrix.countExample(0);
    matrix.countExample(1);
    matrix.countLoss(0);
    matrix.countLoss(0);
    matrix.countLoss(1);
    for (double norm : new double[] {2, 4, 6, 8}) {
      matrix.add(0, 0, norm);
    }
    matrix.add(0, 1, 1);
    matrix.add(0, 1, 3);
    matrix.add(1, 0, 3);
    matrix.add(1, 0, 5);
    matrix.add(1, 1, 1);
    return matrix;
  }

  @Test
  void mean_handWorked() {
    ClassMatrix matrix = matrix();
    assertThat(matrix.mean(0, 0)).isEqualTo(5);
    assertThat(matrix.mean(0, 1)).isEqualTo(2);
    assertThat(matrix.mean(1, 0)).isEqualTo(4);
    assertThat(matrix.mean(1, 1)).isEqualTo(1);
  }

  /** Diagonal 5 + 1, off it 2 + 4; the first row alone is led by its diagonal. */
  @Test
  void statistics_handWorked() {
    ClassMatrix matrix = matrix();
    assertThat(matrix.diagonalDominance()).isCloseTo(1, within(1e-15));
    assertThat(matrix.rowsLedByDiagonal()).isEqualTo(0.5);
    assertThat(matrix.offDiagonalShare()).isEqualTo(0.5);
  }

  /**
   * Rows (9 1 3), (2 9 2), (4 8 9), off the diagonal of means 2, 2 and 6: excesses -1/2, 1/2, 0, 0,
   * -1/3 and 1/3, of which the mean square is 13/108.
   */
  @Test
  void offDiagonalVariation_handWorked() {
    double[][] means = {{9, 1, 3}, {2, 9, 2}, {4, 8, 9}};
    ClassMatrix matrix = new ClassMatrix(3);
    for (int i = 0; i < 3; i++) {
      matrix.countExample(i);
      matrix.countLoss(i);
      for (int j = 0; j < 3; j++) {
        matrix.add(i, j, means[i][j]);
      }
    }
    assertThat(matrix.offDiagonalVariation()).isCloseTo(Math.sqrt(13 / 108.0), within(1e-15));
  }

  @Test
  void statistics_classWithoutExamples_areNaN() {
    ClassMatrix matrix = new ClassMatrix(2);
    matrix.countExample(0);
    matrix.countLoss(0);
    matrix.add(0, 0, 1);
    assertThat(matrix.mean(0, 0)).isEqualTo(1);
    assertThat(matrix.mean(0, 1)).isNaN();
    assertThat(matrix.diagonalDominance()).isNaN();
    assertThat(matrix.rowsLedByDiagonal()).isNaN();
    assertThat(matrix.offDiagonalShare()).isNaN();
    assertThat(matrix.offDiagonalVariation()).isNaN();
  }
}
