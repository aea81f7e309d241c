package dev.rote.networks;

import dev.rote.blueprint.ParameterShape;
import dev.rote.v1.RegularizationSpec;

/**
 * What one optimiser step needs beside the batch.
 *
 * @param learningRate rate of this step
 * @param momentum in [0, 1)
 * @param regularization all defaults filled in
 * @param seed seed of dropout masks and noise
 * @param step number of the step from 0: the position in the random streams
 */
public record StepSettings(
    double learningRate, double momentum, RegularizationSpec regularization, long seed, long step) {

  /** Weight decay of a parameter: it touches weights alone. */
  public double decay(ParameterShape shape) {
    return shape.role() == ParameterShape.Role.WEIGHTS ? regularization.getWeightDecay() : 0;
  }
}
