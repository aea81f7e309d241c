package dev.rote.blueprint;

import java.util.List;

/**
 * Hidden noise, then inverted dropout, as the trial's regularisation says: {@code (x + sigma e) m /
 * (1 - p)} while training, the identity otherwise.
 *
 * <p>Randomness: streams {@code "hidden-noise/NUMBER"} and {@code "hidden-dropout/NUMBER"} of the
 * seed, addressed by (step, position in the batch).
 *
 * @param number of this node among those of its kind, from 0
 */
public record Noise(int number) implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.noise(this);
  }

  @Override
  public String word() {
    return "noise";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }

  /** Name of the stream of Gaussian noise. */
  public String noiseStream() {
    return "hidden-noise/" + number;
  }

  /** Name of the stream of dropout masks. */
  public String dropoutStream() {
    return "hidden-dropout/" + number;
  }

  @Override
  public boolean passesThrough() {
    return true;
  }
}
