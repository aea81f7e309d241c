package dev.rote.metrics.sensitivity;

import dev.rote.networks.Directions;
import java.util.List;

/**
 * Takes the derivatives of several losses L_t back through the trajectory at once (paper's unrolled
 * gradient in reverse order). With λ_t = ∇_w L_t(w_t) and, for s = t - 1, …, 0, η_s the learning
 * rate, ℓ_s the loss of step s and H_s its Hessian:
 *
 * <p>{@code ∂L_t/∂x_i += -η_s ∂⟨∇_w ℓ_s(w_s), λ⟩/∂x_i} for the examples i of batch s, then {@code λ
 * = (1 - η_s decay) λ - η_s H_s λ}.
 *
 * <p>Only the influence of x through the parameters counts: its place in the batch of step t itself
 * does not.
 */
final class Sweep {
  private final Trajectory trajectory;
  private final Directions directions;
  private final int kept;

  /**
   * @param directions at least as many as losses; slots for the examples kept
   * @param kept examples whose sensitivities are wanted: the first so many
   */
  Sweep(Trajectory trajectory, Directions directions, int kept) {
    this.trajectory = trajectory;
    this.directions = directions;
    this.kept = kept;
  }

  /**
   * Leaves {@code ∂L_k/∂x_i} in the influences of slot i and direction {@link #direction}.
   *
   * @param start w_0
   * @param losses ordered by step; at least one
   */
  void run(Weights start, List<Loss> losses) {
    directions.clear();
    long last = losses.get(losses.size() - 1).step();
    int[] next = {losses.size() - 1};
    trajectory.backward(
        start,
        last,
        step -> {
          if (step < last) {
            unroll(step);
          }
          while (next[0] >= 0 && losses.get(next[0]).step() == step) {
            begin(direction(next[0], losses.size()), losses.get(next[0]));
            next[0]--;
          }
        });
  }

  /** Of a loss: the latest are met, and begin, first. */
  static int direction(int loss, int losses) {
    return losses - 1 - loss;
  }

  private void unroll(long step) {
    Batch batch = trajectory.batch();
    int[] slots = new int[batch.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = batch.indices()[i] < kept ? batch.indices()[i] : -1;
    }
    directions.unroll(
        batch.inputs(),
        batch.labels(),
        slots,
        batch.size(),
        trajectory.rate(step),
        trajectory.decay());
  }

  private void begin(int k, Loss loss) {
    Batch batch = trajectory.batch();
    directions.gradient(k, batch.inputs(), batch.labels(), loss.weights(batch), batch.size());
  }
}
