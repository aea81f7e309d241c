package dev.rote.blueprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Nodes as a lowering writes them, in order: shapes are not known yet. */
final class Nodes {
  /** Name of what enters the network. */
  static final String INPUT = "input";

  private final List<Draft> drafts = new ArrayList<>();
  private String last = INPUT;
  private int noises;
  private int dropouts;
  private int channelDropouts;

  /**
   * A node without shapes.
   *
   * @param inputs names of nodes before it, or {@link #INPUT}
   */
  record Draft(String name, String scope, Op op, List<String> inputs) {}

  /** Appends a node that reads the one before it. */
  Nodes then(String name, String scope, Op op) {
    return add(name, scope, op, List.of(last));
  }

  /** Appends a node. */
  Nodes add(String name, String scope, Op op, List<String> inputs) {
    drafts.add(new Draft(name, scope, op, inputs));
    last = name;
    return this;
  }

  /** The next node of noise: each has streams of its own. */
  Noise noise() {
    return new Noise(noises++);
  }

  /** Name of the node written last. */
  String last() {
    return last;
  }

  /** The next node of dropout. */
  Dropout dropout(double rate) {
    return new Dropout(dropouts++, rate);
  }

  /** The next node of dropout of channels. */
  ChannelDropout channelDropout(double rate) {
    return new ChannelDropout(channelDropouts++, rate);
  }

  List<Draft> all() {
    return Collections.unmodifiableList(drafts);
  }
}
