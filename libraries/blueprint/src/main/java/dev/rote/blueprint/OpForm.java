package dev.rote.blueprint;

import dev.rote.v1.Graph;

/** How an op is written in a graph: defaults, bounds, and what op it is. */
@FunctionalInterface
interface OpForm {
  /** Largest side and stride of a window. */
  int LARGEST_WINDOW = 31;

  /** Share of values that dropout makes 0 where none is written. */
  double DEFAULT_RATE = 0.5;

  /** Fills in defaults; accepts what is not valid yet. */
  default void fill(Graph.Node.Builder node) {}

  /**
   * Checks the bounds of a node's op.
   *
   * @param number of the node, from 0
   * @param complaints with fields from the node
   */
  default void check(Graph.Node node, int number, Complaints complaints) {}

  /**
   * The op.
   *
   * @param node with defaults filled in
   * @param classes units of dense logits
   * @param nodes whose streams of noise it takes, if it needs one
   */
  Op of(Graph.Node node, int classes, Nodes nodes);

  /** The padding that a message without {@code pad} means. */
  static Graph.Padding filled(Graph.Padding padding) {
    return padding == Graph.Padding.SAME ? Graph.Padding.SAME : Graph.Padding.VALID;
  }

  /**
   * Checks padding in pixels.
   *
   * @param at the message's field
   * @param pad in pixels, 0 if it is not written
   * @param most pixels
   * @param padding the other way to write it
   */
  static void checkPad(String at, int pad, int most, Graph.Padding padding, Complaints complaints) {
    if (pad == 0) {
      return;
    }
    complaints.inRange(at + ".pad", pad, 0, most);
    if (padding != Graph.Padding.UNSPECIFIED) {
      complaints.violate(at + ".pad", "must stand alone, without padding: write one of the two");
    }
  }

  /** Checks a probability of dropout. */
  static void checkRate(String field, double rate, Complaints complaints) {
    if (!(rate >= 0 && rate < 1)) {
      complaints.violate(field, "must be in [0, 1), was " + rate);
    }
  }

  /** The window that a message means, defaults filled in. */
  static Window window(int size, int stride, Graph.Padding padding, int pad) {
    return new Window(size, stride, padding == Graph.Padding.SAME, pad);
  }
}
