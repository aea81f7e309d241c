package dev.rote.checkpoints;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import dev.rote.recipes.Loss;
import dev.rote.recipes.Recipe;
import dev.rote.spec.SemanticVersions;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import dev.rote.weights.ArrayType;
import dev.rote.weights.FittingWeights;
import dev.rote.weights.WeightArray;
import dev.rote.weights.WeightFileException;
import java.util.List;

/**
 * Networks as checkpoints hold them. A checkpoint is opened when an engine of this version, or of
 * one whose parameters mean the same, has written it.
 *
 * <p>Every method throws {@link ObjectStoreException} with reason {@code DAMAGED} when the
 * checkpoint does not hold what its header says, and {@link OtherVersionException} when it is of
 * another version, which another worker may know.
 */
public final class CheckpointNetwork {
  private CheckpointNetwork() {}

  /**
   * The network of a checkpoint, to be looked at; the caller closes it. What the optimiser kept is
   * left behind.
   *
   * @param reader at its first tensor
   * @param loss whose derivatives by parameters may be asked for
   * @param threads of calls on it
   */
  public static Network open(CheckpointReader reader, Engine engine, Loss loss, int threads) {
    Network network = engine.create(blueprint(reader), Recipe.of(loss), threads);
    boolean opened = false;
    try {
      take(reader, network, network.state().parameters().size());
      opened = true;
      return network;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  /** What network a checkpoint is of, whose tensors are those of its header. */
  static Blueprint blueprint(CheckpointReader reader) {
    requireVersion(reader, SemanticVersions.READABLE_ENGINES);
    CheckpointHeader header = reader.header();
    Blueprint blueprint = Blueprint.of(header.getModel(), input(reader), header.getClasses());
    NetworkState state = NetworkState.of(blueprint);
    if (!state.isStored(header.getTensorsList())) {
      throw unlike(reader, state.tensors());
    }
    return blueprint;
  }

  /**
   * Overwrites the whole state of a network, to go on with its training; it is undefined after an
   * exception.
   *
   * @param reader at its first tensor
   */
  public static void resume(CheckpointReader reader, Network network) {
    requireVersion(reader, List.of(SemanticVersions.ENGINE));
    List<Tensor> wanted = network.tensors();
    if (!wanted.equals(reader.header().getTensorsList())) {
      throw unlike(reader, wanted);
    }
    take(reader, network, wanted.size());
  }

  /**
   * Overwrites the parameters of a network, whatever trained those of the checkpoint, but for the
   * statistics of its inputs; what its optimiser keeps stays.
   *
   * @param reader at its first tensor
   * @throws WeightFileException if it is of another network
   */
  public static void begin(CheckpointReader reader, Network network) {
    requireFit(reader, network.blueprint());
    CheckpointHeader header = reader.header();
    StartingWeights weights = StartingWeights.of(network, words(reader), arrays(header));
    for (int t = 0; t < header.getTensorsCount(); t++) {
      weights.write(t, reader.tensor());
    }
    reader.verify();
  }

  /**
   * Requires that a network could begin with a checkpoint.
   *
   * @throws WeightFileException naming tensor and shape if it could not
   */
  public static void requireFit(CheckpointReader reader, Blueprint blueprint) {
    requireVersion(reader, SemanticVersions.READABLE_ENGINES);
    FittingWeights.of(blueprint, words(reader), arrays(reader.header()));
  }

  private static String words(CheckpointReader reader) {
    return "the checkpoint of epoch %d of trial %s"
        .formatted(reader.header().getEpoch(), reader.header().getTrialId());
  }

  private static List<WeightArray> arrays(CheckpointHeader header) {
    return header.getTensorsList().stream()
        .map(tensor -> new WeightArray(tensor.getName(), ArrayType.F32, tensor.getShapeList()))
        .toList();
  }

  private static void take(CheckpointReader reader, Network network, int tensors) {
    for (int t = 0; t < tensors; t++) {
      network.write(t, reader.tensor());
    }
    reader.verify();
  }

  private static void requireVersion(CheckpointReader reader, List<String> known) {
    String version = reader.header().getEngineVersion();
    if (!known.contains(version)) {
      throw new OtherVersionException(
          "checkpoint "
              + reader.name()
              + " was written by version "
              + (version.isEmpty() ? "(not noted)" : version)
              + " of the engine, this worker reads "
              + String.join(" and ", known));
    }
  }

  private static ObjectStoreException unlike(CheckpointReader reader, List<Tensor> wanted) {
    return reader.damaged(
        "has tensors %s, its model has %s"
            .formatted(names(reader.header().getTensorsList()), names(wanted)));
  }

  private static List<String> names(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> tensor.getName() + tensor.getShapeList()).toList();
  }

  private static Shape input(CheckpointReader reader) {
    List<Integer> shape = reader.header().getInput().getShapeList();
    if (shape.size() != 3) {
      throw reader.damaged(
          "has an input shape of %d axes, not channels, height and width".formatted(shape.size()));
    }
    return Shape.newBuilder()
        .setChannels(shape.get(0))
        .setHeight(shape.get(1))
        .setWidth(shape.get(2))
        .build();
  }
}
