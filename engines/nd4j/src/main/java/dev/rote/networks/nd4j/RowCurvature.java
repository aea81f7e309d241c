package dev.rote.networks.nd4j;

import dev.rote.recipes.Loss;

/** Derivatives of any loss, row by row in float64 on the Java heap. */
final class RowCurvature implements LossCurvature {
  private final Loss loss;
  private final int classes;
  private double[][] rows = new double[0][];
  private int[] labels = new int[0];

  RowCurvature(Loss loss, int classes) {
    this.loss = loss;
    this.classes = classes;
  }

  @Override
  public void look(float[] logits, int[] labels, int n) {
    this.labels = labels.clone();
    this.rows = new double[n][classes];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < classes; k++) {
        rows[i][k] = logits[i * classes + k];
      }
    }
  }

  @Override
  public void gradients(double[] weights, int n, float[] out) {
    double[] gradient = new double[classes];
    for (int i = 0; i < n; i++) {
      loss.differentiate(rows[i], labels[i], gradient);
      for (int k = 0; k < classes; k++) {
        out[i * classes + k] = (float) (weights[i] * gradient[k]);
      }
    }
  }

  @Override
  public Along repeated(double[] weights, int n, int repeats) {
    double[][] z = rows;
    int[] y = labels;
    return (tangents, length) -> {
      double[] tangent = new double[classes];
      double[] curved = new double[classes];
      for (int at = 0; at < length; at++) {
        int i = at % n;
        for (int k = 0; k < classes; k++) {
          tangent[k] = tangents[k * length + at];
        }
        loss.curve(z[i], y[i], tangent, curved);
        for (int k = 0; k < classes; k++) {
          tangents[k * length + at] = (float) (weights[i] * curved[k]);
        }
      }
    };
  }
}
