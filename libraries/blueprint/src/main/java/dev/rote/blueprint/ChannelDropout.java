package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Inverted dropout of whole channels of an image (Tompson et al., CVPR 2015, "SpatialDropout"):
 * {@code y[c, p] = x[c, p] m[c] / (1 - p)} in every training step, m 0 with probability p and else
 * 1; the identity in inference.
 *
 * <p>Randomness: stream {@code "channel-dropout/NUMBER"} of the seed, addressed by (step, channel
 * in the batch).
 *
 * @param number of this node among those of its kind, from 0
 * @param rate p, probability of 0, in [0, 1)
 */
public record ChannelDropout(int number, double rate) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.ChannelDropout.Builder dropout = node.getChannelDropoutBuilder();
          dropout.setRate(dropout.hasRate() ? dropout.getRate() : DEFAULT_RATE);
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          OpForm.checkRate(".channelDropout.rate", node.getChannelDropout().getRate(), complaints);
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          return nodes.channelDropout(node.getChannelDropout().getRate());
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.channelDropout(this);
  }

  @Override
  public String word() {
    return "channelDropout";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    if (!inputs.get(0).isImage()) {
      throw new IllegalArgumentException(
          "needs an image, was given " + inputs.get(0) + " units: write dropout for these");
    }
    return inputs.get(0);
  }

  /** Name of the stream of masks. */
  public String stream() {
    return "channel-dropout/" + number;
  }

  @Override
  public boolean passesThrough() {
    return true;
  }

  @Override
  public boolean draws() {
    return true;
  }
}
