package dev.rote.checkpoints;

import dev.rote.blueprint.ParameterShape;
import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.Network;
import dev.rote.weights.FittingWeights;
import dev.rote.weights.Placement;
import dev.rote.weights.WeightArray;
import dev.rote.weights.WeightFile;
import dev.rote.weights.WeightFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes arrays from elsewhere into a network, as its parameters. */
public final class StartingWeights {
  private final Network network;
  private final String source;
  private final Map<Integer, Placement> placements = new HashMap<>();

  private StartingWeights(Network network, String source) {
    this.network = network;
    this.source = source;
  }

  /**
   * Takes the parameters of a network from a file, but for the statistics of its inputs.
   *
   * @throws WeightFileException if the file does not fit; the network may be half written then
   */
  public static void take(WeightFile file, Network network) {
    StartingWeights weights = of(network, file.name(), file.arrays());
    for (int i = 0; i < file.arrays().size(); i++) {
      if (weights.placements.containsKey(i)) {
        weights.write(i, file.floats(i));
      }
    }
  }

  static StartingWeights of(Network network, String source, List<WeightArray> arrays) {
    StartingWeights weights = new StartingWeights(network, source);
    FittingWeights.of(network.blueprint(), source, arrays)
        .places()
        .forEach(place -> weights.placements.put(place.index(), place.placement()));
    return weights;
  }

  /** Takes an array, unless it is no parameter. */
  void write(int index, float[] values) {
    Placement placement = placements.get(index);
    if (placement == null) {
      return;
    }
    ParameterShape shape = network.blueprint().parameters().get(placement.parameter());
    if (shape.role() == Role.FIXED_SCALE) {
      requireOnes(placement, values);
    }
    network.write(placement.parameter(), placement.taken(values));
  }

  private void requireOnes(Placement placement, float[] values) {
    for (float value : values) {
      if (value != 1) {
        throw WeightFileException.of(
            source,
            "does not fit the model: it has %s of %s, and the model's batch normalisation does not scale"
                .formatted(placement.array().name(), value));
      }
    }
  }
}
