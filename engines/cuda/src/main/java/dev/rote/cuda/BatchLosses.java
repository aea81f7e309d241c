package dev.rote.cuda;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The losses of a batch on the card, by each label of each example one after the other.
 *
 * @param classes K
 * @param gradient of their weighted sum by the logits [N, K]
 * @param another of one label's losses
 * @param sum before the losses themselves
 */
record BatchLosses(int classes, FloatPointer gradient, FloatPointer another, DoublePointer sum) {

  /**
   * @param capacity examples, each with so many labels
   */
  static BatchLosses allocate(DeviceMemory memory, int capacity, int labels, int classes) {
    long logits = (long) capacity * classes;
    return new BatchLosses(
        classes,
        memory.floats(logits),
        memory.floats(labels == 1 ? 0 : logits),
        memory.doubles((long) capacity * labels + 1));
  }

  /** Computes losses and gradient. */
  void differentiate(Pass pass, LossKernel loss, FloatPointer logits, Staging staging, int labels) {
    byLabel(pass, loss, logits, staging, 0, gradient);
    int count = Math.multiplyExact(pass.n(), classes);
    for (int t = 1; t < labels; t++) {
      byLabel(pass, loss, logits, staging, t, another);
      pass.kernel("sumOf")
          .with(gradient)
          .with(another)
          .with(count)
          .with(gradient)
          .overElements(count);
    }
  }

  private void byLabel(
      Pass pass, LossKernel loss, FloatPointer logits, Staging staging, int t, FloatPointer to) {
    long first = (long) t * pass.n();
    pass.kernel("lossOf")
        .with(logits)
        .with(staging.labels().getPointer(first))
        .with(staging.weights().getPointer(first))
        .with(pass.n())
        .with(classes)
        .with(loss.number())
        .with(loss.smoothing())
        .with(sum.getPointer(1 + first))
        .with(to)
        .with((BytePointer) null)
        .overElements(pass.n());
  }

  /** Sums the losses up. */
  void total(Pass pass, int labels) {
    pass.kernel("total")
        .with(sum.getPointer(1))
        .with(Math.multiplyExact(pass.n(), labels))
        .with(sum)
        .inOneBlock();
  }
}
