package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.VariantSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether networks and augmentation of a sweep fit their data, once files have told what that is
 * like.
 */
public final class DataFit {
  private static final int POINTS_CHECKED = 2000;

  private final List<Cell> cells;

  private record Network(ModelSpec model, AugmentationSpec augmentation, DataOutline data) {}

  /**
   * @param spec valid, all defaults filled in
   */
  public DataFit(SweepSpec spec) {
    Grid grid = Grid.of(spec);
    this.cells = GridSample.of(grid, POINTS_CHECKED).stream().map(grid::cell).toList();
  }

  /** Variants of the sweep, first those whose data are unlike; at most so many. */
  public List<VariantSpec> variants(int most) {
    Set<VariantSpec> all = new LinkedHashSet<>();
    cells.forEach(cell -> all.add(Variants.of(cell.trial())));
    Map<KnownData.Data, VariantSpec> unlike = new LinkedHashMap<>();
    all.forEach(variant -> unlike.putIfAbsent(KnownData.Data.of(variant), variant));
    Set<VariantSpec> ordered = new LinkedHashSet<>(unlike.values());
    ordered.addAll(all);
    return ordered.stream().limit(most).toList();
  }

  /**
   * Builds the network of each cell on its data, and looks whether its augmentation fits the
   * pictures.
   *
   * @param known a cell whose data are not is not checked
   * @throws SpecException when something does not fit, with its field and a cell
   */
  public void check(KnownData known) {
    Set<Network> fit = new HashSet<>();
    for (Cell cell : cells) {
      DataOutline data = known.of(Variants.of(cell.trial()));
      ModelSpec model = cell.trial().getModel();
      AugmentationSpec augmentation = cell.trial().getAugmentation();
      if (fit.add(new Network(model, augmentation, data))) {
        List<Violation> violations = new ArrayList<>();
        Models.check(
            model,
            data.shape(),
            data.classes(),
            (field, message) -> violations.add(violation(field, message, cell, data)));
        Checks pictures = Checks.at("spec.trial.augmentation");
        AugmentationChecks.check(pictures, augmentation, data.shape());
        pictures
            .violations()
            .list()
            .forEach(
                each -> violations.add(new Violation(each.path(), each.message() + cell.words())));
        if (!violations.isEmpty()) {
          throw new SpecException(violations);
        }
      }
    }
  }

  /**
   * What networks of the sweep start from, each once.
   *
   * @param known a cell whose data are not is left out
   */
  public List<StartFit> starts(KnownData known) {
    Set<StartFit> starts = new LinkedHashSet<>();
    for (Cell cell : cells) {
      DataOutline data = known.of(Variants.of(cell.trial()));
      if (cell.trial().hasStart() && data.classes() > 0) {
        starts.add(
            new StartFit(
                cell.trial().getStart(), cell.trial().getModel(), data.shape(), data.classes()));
      }
    }
    return List.copyOf(starts);
  }

  private static Violation violation(String field, String message, Cell cell, DataOutline data) {
    String of =
        " on data of %d classes, channels × height × width %d × %d × %d"
            .formatted(
                data.classes(),
                data.shape().getChannels(),
                data.shape().getHeight(),
                data.shape().getWidth());
    String path = "spec.trial.model" + (field.isEmpty() ? "" : "." + field);
    return new Violation(path, message + of + cell.words());
  }
}
