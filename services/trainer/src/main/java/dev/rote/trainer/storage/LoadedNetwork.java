package dev.rote.trainer.storage;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.spec.SemanticVersions;
import dev.rote.trainer.training.NetworkTensors;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import java.util.List;

/** Networks from checkpoints. */
public final class LoadedNetwork {
  private LoadedNetwork() {}

  /**
   * A network as the checkpoint holds it; the caller closes it.
   *
   * @param reader of a checkpoint that was checked
   * @throws ObjectStoreException {@code DAMAGED}, as all methods here, when the checkpoint is not
   *     one of this engine
   */
  public static Network open(CheckpointReader reader, Engine engine) {
    check(reader);
    CheckpointHeader header = reader.header();
    List<Integer> input = header.getInput().getShapeList();
    if (input.size() != 3) {
      throw reader.damaged("has an input of " + input.size() + " axes, must be 3");
    }
    Shape shape =
        Shape.newBuilder()
            .setChannels(input.get(0))
            .setHeight(input.get(1))
            .setWidth(input.get(2))
            .build();
    Network network = engine.create(Blueprint.of(header.getModel(), shape, header.getClasses()), 1);
    boolean read = false;
    try {
      read(reader, network);
      read = true;
      return network;
    } finally {
      if (!read) {
        network.close();
      }
    }
  }

  static void check(CheckpointReader reader) {
    CheckpointHeader header = reader.header();
    if (!header.getEngineVersion().equals(SemanticVersions.ENGINE)) {
      throw reader.damaged(
          "engine_version must be "
              + SemanticVersions.ENGINE
              + ", was "
              + header.getEngineVersion());
    }
  }

  /**
   * Overwrites the state of the network, save momentum buffers that were never used; it is
   * undefined after an exception.
   */
  static void read(CheckpointReader reader, Network network) {
    List<Tensor> stored = reader.header().getTensorsList();
    List<Tensor> all = network.tensors();
    boolean momentum = stored.size() == all.size();
    if (!stored.equals(NetworkTensors.stored(network, momentum))) {
      throw reader.damaged("holds other tensors than its model has");
    }
    for (int t = 0; t < stored.size(); t++) {
      network.write(t, reader.tensor());
    }
    reader.verify();
  }
}
