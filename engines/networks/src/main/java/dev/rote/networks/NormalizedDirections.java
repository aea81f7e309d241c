package dev.rote.networks;

/** Directions of a network behind the normalisation of its inputs. */
record NormalizedDirections(Directions behind, NormalizedInputs normalised) implements Directions {
  @Override
  public int count() {
    return behind.count();
  }

  @Override
  public void clear() {
    behind.clear();
  }

  @Override
  public void write(int k, float[] values) {
    behind.write(k, values);
  }

  @Override
  public void read(int k, float[] out) {
    behind.read(k, out);
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    behind.gradient(k, normalised.of(inputs, n), labels, weights, n);
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    behind.multiplyByHessian(normalised.of(inputs, n), labels, n);
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] slots, int n, double rate, double decay) {
    behind.unroll(normalised.of(inputs, n), labels, slots, n, rate, decay);
  }

  @Override
  public void influences(int slot, float[] out) {
    float[] ofPatches = new float[count() * normalised.patchLength()];
    behind.influences(slot, ofPatches);
    normalised.back(ofPatches, count(), out);
  }

  @Override
  public void close() {
    behind.close();
  }
}
