package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.Shape;

/**
 * An example and what the search found for it.
 *
 * @param original float32 little-endian [channels, height, width]
 * @param label negative when not known
 */
public record Outcome(Shape shape, ByteString original, int label, CriticalSample sample) {
  /** Largest change of a pixel in grey levels; NaN when no adversarial example was found. */
  public double largestChange() {
    return sample.getAdversarial().isEmpty()
        ? Double.NaN
        : Pixels.largestChange(Pixels.of(original), Pixels.of(sample.getAdversarial()));
  }
}
