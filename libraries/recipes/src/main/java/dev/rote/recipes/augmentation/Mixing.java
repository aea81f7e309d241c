package dev.rote.recipes.augmentation;

import dev.rote.random.CounterRandom;
import dev.rote.random.IndexPermutation;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Mixup (Zhang, Cisse, Dauphin and Lopez-Paz, ICLR 2018, equation 1 and figure 1b): {@code x~_i = λ
 * x_i + (1 - λ) x_π(i)} with a permutation π of the batch, and the loss {@code λ ℓ(x~_i, y_i) + (1
 * - λ) ℓ(x~_i, y_π(i))}; one λ of Beta(α, α) for each batch, as in the authors' code.
 *
 * <p>Differs from the authors' code: none. Theirs mixes after normalising, which is the same: means
 * and deviations are alike for all pictures.
 *
 * <p>Randomness: stream {@code "augmentation/mixup"} of the seed at major counter step, and the
 * permutation {@code "augmentation/mixup/STEP"}. Keeps room to work in: not for several threads at
 * once.
 */
public final class Mixing {
  private final long seed;
  private final SymmetricBeta shares;
  private final int length;
  private float[] unmixed = new float[0];

  private Mixing(long seed, double alpha, int length) {
    this.seed = seed;
    this.shares = new SymmetricBeta(alpha, CounterRandom.of(seed, "augmentation/mixup"));
    this.length = length;
  }

  /**
   * The mixing of a trial's batches, if it has any.
   *
   * @param trial all defaults filled in
   * @param length values of one picture
   */
  public static Optional<Mixing> of(TrialSpec trial, int length) {
    return trial.getAugmentation().hasMixup()
        ? Optional.of(
            new Mixing(trial.getSeed(), trial.getAugmentation().getMixup().getAlpha(), length))
        : Optional.empty();
  }

  /**
   * Mixes the batch of a step.
   *
   * @param n pictures of the batch
   * @param pictures float32[n, D] or longer
   * @param labels int32[2, n] or longer: the second label of each picture is written
   * @return float64[2, n]: the weight of each label in the loss of the batch
   */
  public double[] apply(long step, int n, float[] pictures, int[] labels) {
    double share = shares.draw(step);
    IndexPermutation partners = IndexPermutation.of(seed, "augmentation/mixup/" + step, n);
    unmixed = unmixed.length >= n * length ? unmixed : new float[n * length];
    System.arraycopy(pictures, 0, unmixed, 0, n * length);
    for (int i = 0; i < n; i++) {
      int other = (int) partners.apply(i);
      labels[n + i] = labels[other];
      for (int at = 0; at < length; at++) {
        double own = unmixed[i * length + at];
        double others = unmixed[other * length + at];
        pictures[i * length + at] = (float) (share * own + (1 - share) * others);
      }
    }
    double[] weights = new double[2 * n];
    Arrays.fill(weights, 0, n, share / n);
    Arrays.fill(weights, n, 2 * n, (1 - share) / n);
    return weights;
  }
}
