package dev.rote.cuda;

import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Loss;
import dev.rote.recipes.SquaredError;

/**
 * A loss as kernels know it.
 *
 * @param number of the kind, as in kernels.cu
 * @param smoothing of the labels of the cross-entropy
 */
record LossKernel(int number, double smoothing) {
  /** Plain cross-entropy. */
  static final LossKernel CROSS_ENTROPY = of(CrossEntropy.PLAIN);

  static LossKernel of(Loss loss) {
    if (loss instanceof CrossEntropy entropy) {
      return new LossKernel(0, entropy.labelSmoothing());
    }
    if (loss instanceof SquaredError error) {
      return new LossKernel(error.ofProbabilities() ? 1 : 2, 0);
    }
    return new LossKernel(3, 0);
  }
}
