package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;

/**
 * What is the same for all directions of a block, repeated so that it lies beside their float32[…,
 * B, n]: a block of fewer directions takes the beginning of each row.
 */
final class Repeated {
  private final List<float[]> masks = new ArrayList<>();
  private final int width;
  private final LossCurvature.Along loss;

  /**
   * @param weights of the losses looked at
   * @param largest most directions of a block
   */
  Repeated(BatchGradients batch, double[] weights, int largest) {
    this.width = largest * batch.n();
    for (int layer = 1; layer < batch.layers(); layer++) {
      masks.add(batch.passing(layer, largest));
    }
    this.loss = batch.curvature().repeated(weights, batch.n(), largest);
  }

  /**
   * Multiplies by the derivative of the ReLU below a layer.
   *
   * @param layer at least 1
   * @param values float32[in, B n]
   * @param copy of the same length, overwritten
   */
  void mask(int layer, HostMatrix values, float[] copy) {
    float[] mask = masks.get(layer - 1);
    values.get(copy);
    for (int row = 0; row < values.rows(); row++) {
      multiply(copy, row * values.columns(), mask, row * width, values.columns());
    }
    values.put(copy);
  }

  private static void multiply(float[] values, int from, float[] mask, int maskFrom, int length) {
    for (int i = 0; i < length; i++) {
      values[from + i] *= mask[maskFrom + i];
    }
  }

  /** As {@link LossCurvature.Along#differentiate}. */
  void differentiate(float[] tangents, int length) {
    loss.differentiate(tangents, length);
  }
}
