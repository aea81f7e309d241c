package dev.rote.weights;

import dev.rote.blueprint.Blueprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which arrays of a file are the parameters of a network, in its own layout or in PyTorch's:
 * whichever shares more names with the file.
 *
 * <p>Statistics of inputs need not be there and are not taken: they are said by the model.
 * Counters, and what optimisers keep, may be there and are passed over; any other array that is no
 * parameter is refused, since the file is of another network then.
 *
 * @param places of the parameters that are taken
 */
public record FittingWeights(List<Place> places) {
  private static final int MOST_FAULTS = 5;
  private static final String COUNTER = ".num_batches_tracked";

  /**
   * A parameter and its array.
   *
   * @param index of the array
   */
  public record Place(Placement placement, int index) {}

  public FittingWeights {
    places = List.copyOf(places);
  }

  /**
   * Finds the parameters of a network.
   *
   * @param file its name, for messages
   * @param arrays that it has
   * @throws WeightFileException if one is missing, or has another shape or type, or is too many
   */
  public static FittingWeights of(Blueprint blueprint, String file, List<WeightArray> arrays) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    arrays.forEach(array -> numbers.put(array.name(), numbers.size()));
    WeightLayout own = WeightLayout.own(blueprint);
    WeightLayout layout =
        TorchLayout.find(blueprint)
            .filter(torch -> shared(torch, numbers) > shared(own, numbers))
            .orElse(own);
    List<Place> places = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Placement placement : layout.placements()) {
      if (!blueprint.parameters().get(placement.parameter()).role().ofInputs()) {
        int index = numbers.getOrDefault(placement.array().name(), -1);
        fault(placement.array(), index < 0 ? Optional.empty() : Optional.of(arrays.get(index)))
            .ifPresent(faults::add);
        places.add(new Place(placement, index));
      }
    }
    Set<String> known =
        layout.placements().stream()
            .map(placement -> placement.array().name())
            .collect(Collectors.toSet());
    numbers.keySet().stream()
        .filter(name -> !known.contains(name) && !isKept(name, known))
        .forEach(name -> faults.add("has " + name + ", which the model has not"));
    if (!faults.isEmpty()) {
      throw refused(file, layout, faults);
    }
    return new FittingWeights(places);
  }

  private static Optional<String> fault(WeightArray wanted, Optional<WeightArray> found) {
    if (found.isEmpty()) {
      return Optional.of("lacks " + wanted.name() + " of shape " + wanted.shape());
    }
    WeightArray actual = found.get();
    if (!actual.shape().equals(wanted.shape())) {
      return Optional.of(
          "has %s of shape %s, must be %s"
              .formatted(wanted.name(), actual.shape(), wanted.shape()));
    }
    return actual.type() == ArrayType.F32
        ? Optional.empty()
        : Optional.of("has %s of type %s, must be F32".formatted(wanted.name(), actual.type()));
  }

  /** Whether it is what an optimiser keeps of a parameter, or a counter. */
  private static boolean isKept(String name, Set<String> known) {
    int last = Math.max(0, name.lastIndexOf('/'));
    return name.endsWith(COUNTER) || known.contains(name.substring(0, last));
  }

  private static long shared(WeightLayout layout, Map<String, Integer> numbers) {
    return layout.placements().stream()
        .filter(placement -> numbers.containsKey(placement.array().name()))
        .count();
  }

  private static WeightFileException refused(
      String file, WeightLayout layout, List<String> faults) {
    String more =
        faults.size() > MOST_FAULTS ? ", and " + (faults.size() - MOST_FAULTS) + " more" : "";
    return WeightFileException.of(
        file,
        "does not fit the model in the layout "
            + layout.word()
            + ": it "
            + faults.stream().limit(MOST_FAULTS).collect(Collectors.joining("; it "))
            + more);
  }
}
