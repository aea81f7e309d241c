package dev.rote.networks.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * What the inputs of examples did, summed up: float32[slots, K, D + 1], whose last column has no
 * meaning.
 */
final class Influences {
  private final long slots;
  private final int count;
  private final int width;
  private final FloatPointer sums;

  /**
   * @param count K
   * @param inputs D
   */
  Influences(long slots, int count, int inputs, HostArena arena) {
    this.slots = slots;
    this.count = count;
    this.width = inputs + 1;
    this.sums = arena.zeros(slots * count * width);
  }

  void clear() {
    HostArena.clear(sums, slots * count * width);
  }

  /**
   * Adds to a slot.
   *
   * @param terms float32[directions, D + 1], of the directions from {@code first} on
   */
  void add(int slot, int first, int directions, FloatPointer terms) {
    openblas_nolapack.cblas_saxpy(directions * width, 1, terms, 1, at(slot, first), 1);
  }

  /** Copies a slot to float32[K, D]. */
  void read(int slot, float[] out) {
    float[] row = new float[width];
    for (int k = 0; k < count; k++) {
      at(slot, k).get(row, 0, width);
      System.arraycopy(row, 0, out, k * (width - 1), width - 1);
    }
  }

  private FloatPointer at(int slot, int k) {
    return sums.getPointer(((long) slot * count + k) * width);
  }
}
