package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Inputs one after the other: {@code y = [a, b, …]} along the channels of images of one height and
 * width, or along units (Szegedy et al., CVPR 2015, the "filter concatenation").
 *
 * @param inputs number of them, at least 2
 */
public record Concatenate(int inputs) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          if (node.getInputsCount() < 2) {
            complaints.violate(
                ".inputs", "must be at least 2 in number, were " + node.getInputsCount());
          }
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          return new Concatenate(node.getInputsCount());
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.concatenate(this);
  }

  @Override
  public String word() {
    return "concatenate";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    Extent first = inputs.get(0);
    int channels = 0;
    for (Extent input : inputs) {
      if (input.isImage() != first.isImage()
          || input.height() != first.height()
          || input.width() != first.width()) {
        throw new IllegalArgumentException(
            "needs images of one height and width, or units alone, was given "
                + first
                + " and "
                + input);
      }
      channels = Math.addExact(channels, input.channels());
    }
    return first.isImage()
        ? Extent.image(channels, first.height(), first.width())
        : Extent.units(channels);
  }
}
