package dev.rote.recipes;

import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019, Algorithm 2), {@code
 * torch.optim.AdamW}: first {@code w = (1 - rate decay) w}, then the step of {@link Adam} on the
 * gradient alone. Differs from PyTorch: no amsgrad.
 *
 * @param beta2 decay of the squares, in [0, 1)
 * @param epsilon above 0
 * @param weightDecay coefficient of the decoupled decay, at least 0
 */
public record AdamW(double beta2, double epsilon, double weightDecay) implements Optimizer {

  @Override
  public List<Slot> slots() {
    return Adam.SLOTS;
  }

  @Override
  public boolean fusible() {
    return false;
  }

  /** {@inheritDoc} Here the decoupled one: what the loss holds is none of its business. */
  @Override
  public double decay(double l2) {
    return weightDecay;
  }

  @Override
  public void update(float[] value, List<float[]> slots, float[] gradient, int length, Move move) {
    double kept = 1 - move.rate() * move.decay();
    Adam.Moments moments = new Adam.Moments(slots, beta2, epsilon, move);
    for (int i = 0; i < length; i++) {
      value[i] = (float) (kept * value[i] - moments.step(i, gradient[i]));
    }
  }
}
