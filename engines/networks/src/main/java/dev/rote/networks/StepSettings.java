package dev.rote.networks;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.recipes.Optimizer;
import dev.rote.recipes.Recipe;
import dev.rote.v1.RegularizationSpec;

/**
 * What one optimiser step needs beside the batch.
 *
 * @param learningRate rate of this step
 * @param momentum of SGD, or beta1 of Adam and AdamW, in [0, 1)
 * @param regularization all defaults filled in
 * @param seed seed of dropout masks and noise
 * @param step number of the step from 0: the position in the random streams, and of optimisers that
 *     count
 */
public record StepSettings(
    double learningRate, double momentum, RegularizationSpec regularization, long seed, long step) {

  /** What they are to an optimiser for a parameter. */
  public Optimizer.Move move(Recipe recipe, Role role) {
    double decay = recipe.decay(role, regularization.getWeightDecay());
    return new Optimizer.Move(learningRate, momentum, decay, step);
  }
}
