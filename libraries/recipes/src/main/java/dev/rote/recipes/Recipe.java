package dev.rote.recipes;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.TrialSpec;

/**
 * How a network is trained, beside its rates: what it descends, and how parameters follow.
 *
 * @param loss of an example
 * @param optimizer the rule of parameters
 * @param decaysAll whether weight decay touches all trained parameters, as in PyTorch; else weights
 *     alone
 * @param clipNorm the global norm above which gradients are scaled down to it ({@code
 *     torch.nn.utils.clip_grad_norm_}); infinite for none
 */
public record Recipe(Loss loss, Optimizer optimizer, boolean decaysAll, double clipNorm) {
  /** SGD on cross-entropy that keeps velocities, whether steps have momentum or not. */
  public static final Recipe SGD =
      new Recipe(CrossEntropy.PLAIN, new Sgd(true, false), false, Double.POSITIVE_INFINITY);

  /** PyTorch's, against a division by zero. */
  private static final double CLIP_EPSILON = 1e-6;

  /**
   * The recipe of a trial.
   *
   * @param trial all defaults filled in
   */
  public static Recipe of(TrialSpec trial) {
    OptimizerSpec optimizer = trial.getOptimizer();
    return new Recipe(
        Loss.of(trial.getLoss()),
        Optimizer.of(optimizer),
        optimizer.getDecayTouches() == OptimizerSpec.DecayTouches.ALL,
        optimizer.hasClipNorm() ? optimizer.getClipNorm() : Double.POSITIVE_INFINITY);
  }

  /** For networks that are looked at, not trained. */
  public static Recipe of(Loss loss) {
    return new Recipe(loss, new Sgd(false, false), false, Double.POSITIVE_INFINITY);
  }

  /** Whether engines may update a parameter as soon as its gradient is there, or forms. */
  public boolean fusible() {
    return optimizer.fusible() && clipNorm == Double.POSITIVE_INFINITY;
  }

  /**
   * Coefficient of a parameter's weight decay, 0 where it does not touch it.
   *
   * @param l2 coefficient in the loss, as the regularisation states it
   */
  public double decay(Role role, double l2) {
    boolean touched = role == Role.WEIGHTS || (decaysAll && role.trained());
    return touched ? optimizer.decay(l2) : 0;
  }

  /**
   * What gradients are multiplied with.
   *
   * @param norm √ of the sum of squares over all gradients of the step, without decay
   * @return {@code min(1, clipNorm / (norm + 1e-6))}; NaN if the norm is
   */
  public double clipping(double norm) {
    return clipNorm == Double.POSITIVE_INFINITY ? 1 : Math.min(1, clipNorm / (norm + CLIP_EPSILON));
  }
}
