package dev.rote.metrics.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import java.util.List;

/** Networks as they were at checkpoints. */
public final class StoredNetworks {
  private final ObjectStore store;
  private final Engine engine;

  /**
   * @param engine what computes the networks, not closed here
   */
  public StoredNetworks(ObjectStore store, Engine engine) {
    this.store = store;
    this.engine = engine;
  }

  /**
   * The network of a trial after an epoch; the caller closes it.
   *
   * @param threads of calls on it; part of the results' identity
   * @throws MissingArtifactException {@code CHECKPOINT_MISSING}
   * @throws ObjectStoreException {@code DAMAGED} when the object is not the checkpoint that it
   *     should be
   */
  public Network open(String trialId, int epoch, int threads) {
    String key = ArtifactKeys.checkpoint(trialId, epoch);
    try (CheckpointReader checkpoint = CheckpointReader.open(store, key)) {
      return load(checkpoint, threads);
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw new MissingArtifactException(
          MissingArtifactException.Reason.CHECKPOINT_MISSING,
          key,
          "trial %s has no stored checkpoint of epoch %d (%s)".formatted(trialId, epoch, key));
    }
  }

  /** What computes the networks. */
  public String backend() {
    return engine.description();
  }

  private Network load(CheckpointReader checkpoint, int threads) {
    CheckpointHeader header = checkpoint.header();
    Network network =
        engine.create(
            Blueprint.of(header.getModel(), input(checkpoint), header.getClasses()), threads);
    boolean loaded = false;
    try {
      List<Tensor> stored = header.getTensorsList();
      List<Tensor> expected = network.tensors();
      if (!fits(stored, expected)) {
        throw checkpoint.damaged(
            "has tensors %s, its model has %s".formatted(names(stored), names(expected)));
      }
      for (int i = 0; i < stored.size(); i++) {
        network.write(i, checkpoint.tensor());
      }
      checkpoint.verify();
      loaded = true;
      return network;
    } finally {
      if (!loaded) {
        network.close();
      }
    }
  }

  /** Equal, but for momentum buffers, which a trial without momentum leaves out. */
  private static boolean fits(List<Tensor> stored, List<Tensor> expected) {
    return stored.size() <= expected.size()
        && stored.equals(expected.subList(0, stored.size()))
        && expected.subList(stored.size(), expected.size()).stream()
            .allMatch(tensor -> tensor.getName().endsWith("/momentum"));
  }

  private static Shape input(CheckpointReader checkpoint) {
    List<Integer> shape = checkpoint.header().getInput().getShapeList();
    if (shape.size() != 3) {
      throw checkpoint.damaged(
          "has an input shape of %d axes, not channels, height and width".formatted(shape.size()));
    }
    return Shape.newBuilder()
        .setChannels(shape.get(0))
        .setHeight(shape.get(1))
        .setWidth(shape.get(2))
        .build();
  }

  private static List<String> names(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> tensor.getName() + tensor.getShapeList()).toList();
  }
}
