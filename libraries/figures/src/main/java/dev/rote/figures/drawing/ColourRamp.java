package dev.rote.figures.drawing;

import java.util.List;

/** Colours blended between given ones; but for diverging ones from dark to light, evenly. */
final class ColourRamp {
  /**
   * Viridis (S. van der Walt and N. Smith, matplotlib 1.5, 2015): even to the eye, also in grey and
   * with common kinds of colour vision.
   */
  static final ColourRamp VIRIDIS =
      new ColourRamp(
          List.of(
              0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30,
              0xfde725));

  /** For lines on white paper: darker at the light end than {@link #VIRIDIS}. */
  static final ColourRamp LINES =
      new ColourRamp(List.of(0x3b0f70, 0x3b528b, 0x21918c, 0x5ec962, 0xb8cc1c));

  /**
   * From blue over white to red, for numbers below and above 0: "RdBu" of C. Brewer and M. Harrower
   * (2003), told apart by all common kinds of colour vision.
   */
  static final ColourRamp DIVERGING =
      new ColourRamp(List.of(0x2166ac, 0x67a9cf, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xef8a62, 0xb2182b));

  private final List<Integer> colours;

  private ColourRamp(List<Integer> colours) {
    this.colours = colours;
  }

  /**
   * The colour {@code 0xrrggbb} at a share of the way.
   *
   * @param share in [0, 1]
   */
  int at(double share) {
    double position = share * (colours.size() - 1);
    int before = Math.min((int) position, colours.size() - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int low = colours.get(before) >> shift & 0xff;
      int high = colours.get(before + 1) >> shift & 0xff;
      colour |= (int) Math.round(low + (position - before) * (high - low)) << shift;
    }
    return colour;
  }
}
