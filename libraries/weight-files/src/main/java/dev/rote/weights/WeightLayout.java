package dev.rote.weights;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ParameterShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names and shapes that the parameters of a network have in a file.
 *
 * @param word what it is called
 * @param placements of all parameters, in the order of checkpoints
 * @param counters arrays that count training steps, which a network does not need, each by the
 *     number of the placement that it follows
 */
public record WeightLayout(
    String word, List<Placement> placements, Map<Integer, WeightArray> counters) {

  public WeightLayout {
    placements = List.copyOf(placements);
    counters = Map.copyOf(counters);
  }

  /** Names and shapes of checkpoints, such as {@code layer0/weights} [in, out]. */
  public static WeightLayout own(Blueprint blueprint) {
    List<Placement> placements = new ArrayList<>();
    for (ParameterShape shape : blueprint.parameters()) {
      placements.add(Placement.of(shape.name(), placements.size(), shape, false));
    }
    return new WeightLayout("own", placements, Map.of());
  }

  /** The counter that follows a placement, if one does. */
  public Optional<WeightArray> counterAfter(int placement) {
    return Optional.ofNullable(counters.get(placement));
  }
}
