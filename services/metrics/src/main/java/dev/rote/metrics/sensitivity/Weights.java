package dev.rote.metrics.sensitivity;

import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A copy of a network's parameters, without momentum. */
public final class Weights {
  private final List<float[]> tensors = new ArrayList<>();

  private Weights() {}

  public static Weights of(Network network) {
    Weights weights = new Weights();
    NetworkState state = network.state();
    for (int t = 0; t < state.parameters().size(); t++) {
      float[] values = new float[state.entries().get(t).length()];
      network.read(t, values);
      weights.tensors.add(values);
    }
    return weights;
  }

  void restore(Network network) {
    for (int t = 0; t < tensors.size(); t++) {
      network.write(t, tensors.get(t));
    }
  }

  /** Whether all values have the same bits. */
  boolean sameBits(Weights other) {
    boolean same = tensors.size() == other.tensors.size();
    for (int t = 0; same && t < tensors.size(); t++) {
      same = Arrays.equals(tensors.get(t), other.tensors.get(t));
    }
    return same;
  }
}
