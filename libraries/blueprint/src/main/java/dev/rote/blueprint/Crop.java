package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Cuts pixels from each side of the image that enters the network; input noise and dropout touch
 * what is left.
 *
 * @param pixels cut from each side, at least 0
 */
public record Crop(int pixels) implements Op {
  private static final int MOST_PIXELS = 1000;

  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          complaints.inRange(".crop.pixels", node.getCrop().getPixels(), 1, MOST_PIXELS);
          if (number > 0) {
            complaints.violate(".crop", "must be the first node: it cuts what enters the network");
          }
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          return new Crop(node.getCrop().getPixels());
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.crop(this);
  }

  @Override
  public String word() {
    return "crop";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    Extent image = inputs.get(0);
    int smaller = Math.min(image.height(), image.width());
    if (2L * pixels >= smaller) {
      throw new IllegalArgumentException(
          "must cut less than half of the image's "
              + image.height()
              + "x"
              + image.width()
              + " pixels, was "
              + pixels);
    }
    return Extent.image(image.channels(), image.height() - 2 * pixels, image.width() - 2 * pixels);
  }
}
