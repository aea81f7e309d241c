package dev.rote.cli.estimate;

import dev.rote.blueprint.Blueprint;
import dev.rote.spec.Cell;
import dev.rote.spec.DatasetFacts;
import dev.rote.spec.Grid;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A network that trials of a sweep train.
 *
 * @param cell labels of the first cell that has it
 * @param batches sizes of batches that it is trained with
 */
public record SweepNetwork(Map<String, String> cell, Blueprint blueprint, List<Integer> batches) {
  private static final long POINTS_LOOKED_AT = 5_000;

  public SweepNetwork {
    cell = Map.copyOf(cell);
    batches = List.copyOf(batches);
  }

  /** What the files of a user's own dataset would tell. */
  public record OwnFiles(Optional<Shape> shape, OptionalInt classes) {}

  /** A sweep's network does not fit its input, or its input is not known. */
  public static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnfitException(String message) {
      super(message);
    }

    private UnfitException(IllegalArgumentException unfit) {
      super("the network does not fit its input: " + unfit.getMessage(), unfit);
    }
  }

  private record Key(ModelSpec model, Shape input, int classes) {}

  /**
   * The different networks of a sweep, in the order of its grid; of the largest grids those of the
   * first points.
   *
   * @param spec valid, defaults filled in
   * @throws UnfitException naming the node, or what of the input is missing
   */
  public static List<SweepNetwork> of(SweepSpec spec, OwnFiles own) throws UnfitException {
    Grid grid = Grid.of(spec);
    long points = Math.min(grid.points(), POINTS_LOOKED_AT);
    Map<Key, Cell> cells = new LinkedHashMap<>();
    Map<Key, SortedSet<Integer>> batches = new LinkedHashMap<>();
    for (long point = 0; point < points; point++) {
      Cell cell = grid.cell(grid.first(point));
      TrialSpec trial = cell.trial();
      Key key = new Key(trial.getModel(), shape(trial.getDataset(), own), classes(trial, own));
      cells.putIfAbsent(key, cell);
      batches.computeIfAbsent(key, any -> new TreeSet<>()).add(trial.getTraining().getBatchSize());
    }
    List<SweepNetwork> networks = new ArrayList<>();
    for (Map.Entry<Key, Cell> entry : cells.entrySet()) {
      networks.add(
          new SweepNetwork(
              entry.getValue().labels(),
              blueprint(entry.getKey()),
              List.copyOf(batches.getOrDefault(entry.getKey(), new TreeSet<>()))));
    }
    return networks;
  }

  private static Blueprint blueprint(Key key) throws UnfitException {
    try {
      return Blueprint.of(key.model, key.input, key.classes);
    } catch (IllegalArgumentException e) {
      throw new UnfitException(e);
    }
  }

  private static Shape shape(DatasetSpec dataset, OwnFiles own) throws UnfitException {
    Shape shape =
        DatasetFacts.named(dataset.getName())
            .map(DatasetFacts::shape)
            .filter(known -> known.getHeight() > 0)
            .or(own::shape)
            .orElseThrow(
                () ->
                    new UnfitException(
                        "the shape of your own images is in their files alone: say it with"
                            + " --input-shape, such as 1x28x28"));
    return shape.toBuilder()
        .setHeight(shape.getHeight() / Math.max(1, dataset.getPooling()))
        .setWidth(shape.getWidth() / Math.max(1, dataset.getPooling()))
        .build();
  }

  private static int classes(TrialSpec trial, OwnFiles own) throws UnfitException {
    DatasetSpec dataset = trial.getDataset();
    boolean unique = trial.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE;
    int known = unique ? dataset.getTrainSize() : DatasetFacts.classesOf(dataset);
    if (unique && known > 0) {
      return known;
    }
    int classes = known > 0 ? known : ownClasses(dataset, own);
    return DatasetFacts.withThreshold(trial.getCorruption(), classes);
  }

  private static int ownClasses(DatasetSpec dataset, OwnFiles own) throws UnfitException {
    if (dataset.getIdx().hasClasses()) {
      return dataset.getIdx().getClasses();
    }
    return own.classes()
        .orElseThrow(
            () ->
                new UnfitException(
                    "the number of classes is in your own files alone: say it with --classes"));
  }
}
