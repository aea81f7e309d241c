package dev.rote.blueprint;

import java.util.List;

/**
 * Mean of each channel of an image, {@code y[c] = 1/(H W) Σ_p x[c, p]}: units (Lin et al., ICLR
 * 2014, section 3.2).
 */
public record GlobalAveragePool() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.globalAveragePool(this);
  }

  @Override
  public String word() {
    return "globalAveragePool";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    Extent image = inputs.get(0);
    if (!image.isImage()) {
      throw new IllegalArgumentException(
          "needs an image, was given " + image + " units: put it before what flattens");
    }
    return Extent.units(image.channels());
  }
}
