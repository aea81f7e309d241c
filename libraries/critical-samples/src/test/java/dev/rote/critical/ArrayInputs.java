package dev.rote.critical;

/** Inputs in memory. */
final class ArrayInputs implements InputSet {
  private final float[] inputs;
  private final int size;

  /**
   * @param inputs float32[N, D]
   * @param size N
   */
  ArrayInputs(float[] inputs, int size) {
    this.inputs = inputs.clone();
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void inputs(int first, int count, float[] out) {
    int length = inputs.length / size;
    System.arraycopy(inputs, first * length, out, 0, count * length);
  }
}
