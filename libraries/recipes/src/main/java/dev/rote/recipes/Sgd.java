package dev.rote.recipes;

import java.util.List;

/**
 * Stochastic gradient descent, {@code torch.optim.SGD} with dampening 0: {@code g = g + decay w; v
 * = momentum v + g; w = w - rate v}, with Nesterov's momentum {@code w = w - rate (g + momentum v)}
 * (Sutskever et al., ICML 2013, as PyTorch writes it). Differs from PyTorch: none.
 *
 * @param velocity whether there is momentum, and v is kept
 * @param nesterov whether it is Nesterov's
 */
public record Sgd(boolean velocity, boolean nesterov) implements Optimizer {

  @Override
  public List<Slot> slots() {
    return velocity ? List.of(Slot.VELOCITY) : List.of();
  }

  @Override
  public boolean fusible() {
    return !nesterov;
  }

  @Override
  public void update(float[] value, List<float[]> slots, float[] gradient, int length, Move move) {
    if (!velocity) {
      for (int i = 0; i < length; i++) {
        value[i] = (float) (value[i] - move.rate() * (gradient[i] + move.decay() * value[i]));
      }
      return;
    }
    float[] velocities = slots.get(0);
    double momentum = move.momentum();
    for (int i = 0; i < length; i++) {
      double g = gradient[i] + move.decay() * value[i];
      double v = momentum * velocities[i] + g;
      velocities[i] = (float) v;
      value[i] = (float) (value[i] - move.rate() * (nesterov ? g + momentum * v : v));
    }
  }
}
