package dev.rote.weights;

import dev.rote.blueprint.ParameterShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A parameter as a layout has it.
 *
 * @param array its name and shape there
 * @param parameter its number in the order of checkpoints
 * @param transposed whether rows and columns of the parameter change places
 */
public record Placement(WeightArray array, int parameter, boolean transposed) {

  static Placement of(String name, int parameter, ParameterShape shape, boolean transposed) {
    List<Integer> sizes = new ArrayList<>(shape.sizes());
    if (transposed) {
      Collections.reverse(sizes);
    }
    return new Placement(new WeightArray(name, ArrayType.F32, sizes), parameter, transposed);
  }

  /**
   * Values of the parameter as they stand in the layout.
   *
   * @param values row-major, as a checkpoint has them
   */
  public float[] laid(float[] values) {
    return transposed ? turned(values, array.shape().get(0)) : values;
  }

  /**
   * Values of the layout as they stand in a checkpoint.
   *
   * @param values row-major, as the layout has them
   */
  public float[] taken(float[] values) {
    return transposed ? turned(values, array.shape().get(1)) : values;
  }

  /** The transpose of a matrix. */
  private static float[] turned(float[] values, int columns) {
    int rows = values.length / columns;
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }
}
