package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import java.util.List;

/**
 * {@code y[c, p] = (x[c, p] - mean[c]) / deviation[c]} of the image that enters the network: a part
 * of the network, so that derivatives by its input are those by the image. Mean and deviation are
 * parameters that nothing trains; whoever trains the network writes them at its start.
 *
 * @param mean as the model states it: one for each channel, one for all, or none where the data
 *     tell
 * @param deviation likewise
 */
public record Normalize(List<Double> mean, List<Double> deviation) implements Op {
  public Normalize {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.normalize(this);
  }

  @Override
  public String word() {
    return "normalization";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    Extent image = inputs.get(0);
    requireOf("mean", mean, image.channels());
    requireOf("deviation", deviation, image.channels());
    return image;
  }

  private static void requireOf(String what, List<Double> values, int channels) {
    if (values.size() > 1 && values.size() != channels) {
      throw new IllegalArgumentException(
          "needs one "
              + what
              + " for all channels or one for each of the image's "
              + channels
              + ", had "
              + values.size());
    }
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    int channels = inputs.get(0).channels();
    return List.of(
        ParameterShape.of(scope + "/mean", Role.INPUT_MEAN, channels),
        ParameterShape.of(scope + "/deviation", Role.INPUT_DEVIATION, channels));
  }
}
