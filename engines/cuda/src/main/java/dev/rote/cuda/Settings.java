package dev.rote.cuda;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Optimizer;
import dev.rote.recipes.Recipe;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Numbers of a step on the card: rate, momentum, weight decay, and factors of products made of
 * them, and Adam's corrections for the step. Recordings read them there, so that a rate may change
 * from step to step.
 */
final class Settings {
  static final int LENGTH = 9;

  private static final int MINUS_RATE = 3;
  private static final int KEPT = 4;
  private static final int ONE = 5;
  private static final int ZERO = 6;

  private final FloatPointer onCard;

  Settings(FloatPointer onCard) {
    this.onCard = onCard;
  }

  static float[] of(StepSettings step, Recipe recipe) {
    Optimizer.Move move = step.move(recipe, Role.WEIGHTS);
    double rate = move.rate();
    double decay = move.decay();
    double t = move.step() + 1.0;
    double first = 1 - StrictMath.pow(move.momentum(), t);
    double second = 1 - StrictMath.pow(GatheredStep.beta2(recipe.optimizer()), t);
    return new float[] {
      (float) rate,
      (float) step.momentum(),
      (float) decay,
      (float) -rate,
      (float) (1 - rate * decay),
      1,
      0,
      (float) (rate / first),
      (float) StrictMath.sqrt(second)
    };
  }

  /** Those of a call that trains nothing. */
  static float[] none() {
    return new float[] {0, 0, 0, 0, 1, 1, 0, 0, 1};
  }

  FloatPointer all() {
    return onCard;
  }

  FloatPointer momentum() {
    return onCard.getPointer(1);
  }

  FloatPointer minusRate() {
    return onCard.getPointer(MINUS_RATE);
  }

  /** {@code 1 - rate decay}. */
  FloatPointer kept() {
    return onCard.getPointer(KEPT);
  }

  FloatPointer one() {
    return onCard.getPointer(ONE);
  }

  FloatPointer zero() {
    return onCard.getPointer(ZERO);
  }
}
