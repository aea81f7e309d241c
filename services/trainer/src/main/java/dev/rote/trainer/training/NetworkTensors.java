package dev.rote.trainer.training;

import dev.rote.networks.Network;
import dev.rote.v1.Tensor;
import java.util.List;

/** Which tensors of a network a checkpoint holds. */
public final class NetworkTensors {
  private NetworkTensors() {}

  /** All tensors, or all but the momentum buffers, which are last and zero without momentum. */
  public static List<Tensor> stored(Network network, boolean momentum) {
    return network.tensors().stream()
        .filter(tensor -> momentum || !tensor.getName().endsWith("/momentum"))
        .toList();
  }
}
