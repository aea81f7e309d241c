package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;
import java.util.function.ToDoubleFunction;

/** Mean over epochs of a number of what was said of an example, summed in float64. */
final class Average implements TraceMeasure {
  private final Suspect suspect;
  private final ToDoubleFunction<Sight> number;
  private final int[] seen;
  private final double[] sum;

  private Average(int examples, Suspect suspect, ToDoubleFunction<Sight> number) {
    this.suspect = suspect;
    this.number = number;
    this.seen = new int[examples];
    this.sum = new double[examples];
  }

  /**
   * Of the probability of the label.
   *
   * <p>Source: Swayamdipta et al., EMNLP 2020, section 2, "confidence". Differs from the paper:
   * none.
   */
  static Average confidence(int examples) {
    return new Average(examples, Suspect.LOW, Sight::probability);
  }

  /**
   * Of 1 for right and 0 for wrong.
   *
   * <p>Source: Swayamdipta et al., EMNLP 2020, section 2, "correctness". Differs from the paper:
   * none.
   */
  static Average correctness(int examples) {
    return new Average(examples, Suspect.LOW, sight -> sight.right() ? 1 : 0);
  }

  /**
   * Of the cross-entropy in nats.
   *
   * <p>Source: Ravikumar et al. 2025 (arXiv 2505.21609), "cumulative sample loss". Differs from the
   * paper: divided by the number of epochs.
   */
  static Average cumulativeLoss(int examples) {
    return new Average(examples, Suspect.HIGH, Sight::lossNats);
  }

  @Override
  public Suspect suspect() {
    return suspect;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    seen[example]++;
    sum[example] += number.applyAsDouble(sight);
  }

  @Override
  public double value(int example) {
    return seen[example] == 0 ? Double.NaN : sum[example] / seen[example];
  }
}
