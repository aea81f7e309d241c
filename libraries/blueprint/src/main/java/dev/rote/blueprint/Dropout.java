package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014) of single values with a rate of its own:
 * {@code y = x m / (1 - p)} in every training step, m 0 with probability p and else 1; the identity
 * in inference.
 *
 * <p>Randomness: stream {@code "dropout/NUMBER"} of the seed, addressed by (step, position in the
 * batch).
 *
 * @param number of this node among those of its kind, from 0
 * @param rate p, probability of 0, in [0, 1)
 */
public record Dropout(int number, double rate) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.Dropout.Builder dropout = node.getDropoutBuilder();
          dropout.setRate(dropout.hasRate() ? dropout.getRate() : DEFAULT_RATE);
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          OpForm.checkRate(".dropout.rate", node.getDropout().getRate(), complaints);
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          return nodes.dropout(node.getDropout().getRate());
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.dropout(this);
  }

  @Override
  public String word() {
    return "dropout";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }

  /** Name of the stream of masks. */
  public String stream() {
    return "dropout/" + number;
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
