package dev.rote.recipes;

import java.util.List;

/**
 * Adam (Kingma and Ba, ICLR 2015, Algorithm 1), {@code torch.optim.Adam}. In step t from 1:
 *
 * <p>{@code g = g + decay w; m = beta1 m + (1 - beta1) g; s = beta2 s + (1 - beta2) g²; w = w -
 * rate / (1 - beta1^t) m / (sqrt(s) / sqrt(1 - beta2^t) + eps)}. Differs from PyTorch: no amsgrad.
 *
 * @param beta2 decay of the squares, in [0, 1)
 * @param epsilon above 0
 */
public record Adam(double beta2, double epsilon) implements Optimizer {
  static final List<Slot> SLOTS = List.of(Slot.FIRST_MOMENT, Slot.SECOND_MOMENT);

  @Override
  public List<Slot> slots() {
    return SLOTS;
  }

  @Override
  public boolean fusible() {
    return false;
  }

  @Override
  public void update(float[] value, List<float[]> slots, float[] gradient, int length, Move move) {
    double decay = move.decay();
    Moments moments = new Moments(slots, beta2, epsilon, move);
    for (int i = 0; i < length; i++) {
      value[i] = (float) (value[i] - moments.step(i, gradient[i] + decay * value[i]));
    }
  }

  /** Running means of gradients and their squares, and the step that they make. */
  static final class Moments {
    private final float[] first;
    private final float[] second;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double size;
    private final double correction;

    Moments(List<float[]> slots, double beta2, double epsilon, Move move) {
      this.first = slots.get(0);
      this.second = slots.get(1);
      this.beta1 = move.momentum();
      this.beta2 = beta2;
      this.epsilon = epsilon;
      double t = move.step() + 1.0;
      this.size = move.rate() / (1 - StrictMath.pow(beta1, t));
      this.correction = StrictMath.sqrt(1 - StrictMath.pow(beta2, t));
    }

    /** Takes in a gradient and says how far value i goes down. */
    double step(int i, double gradient) {
      double m = beta1 * first[i] + (1 - beta1) * gradient;
      double s = beta2 * second[i] + (1 - beta2) * gradient * gradient;
      first[i] = (float) m;
      second[i] = (float) s;
      return size * m / (Math.sqrt(s) / correction + epsilon);
    }
  }
}
