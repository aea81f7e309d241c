package dev.rote.corruption.datasets;

import dev.rote.corruption.selection.IndexSet;
import dev.rote.v1.ClassGroup;
import dev.rote.v1.DatasetSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Some examples of a source, in its order, and some of its classes under numbers of their own. */
final class SelectedSource implements ExampleSource {
  private static final String FIELD = "variant.dataset.";
  private static final int LEFT_OUT = -1;

  private final ExampleSource source;
  private final IndexSet kept;
  private final int[] classOf;
  private final int classes;

  private SelectedSource(ExampleSource source, IndexSet kept, int[] classOf, int classes) {
    this.source = source;
    this.kept = kept;
    this.classOf = classOf;
    this.classes = classes;
  }

  /**
   * What a specification selects of a source.
   *
   * @param training whether it is of the training files, which source indices are of
   * @return the source itself where all is kept
   * @throws DatasetException with reason {@code REFUSED} when it has no such class or example
   */
  static ExampleSource of(DatasetSpec spec, ExampleSource source, boolean training) {
    List<List<Integer>> groups = groups(spec);
    Set<Long> wanted = training ? new HashSet<>(spec.getSourceIndicesList()) : Set.of();
    boolean distinct = spec.getDuplicates() == DatasetSpec.Duplicates.DROP;
    if (groups.isEmpty() && wanted.isEmpty() && !distinct) {
      return source;
    }
    int[] classOf = classOf(spec, groups, source.classes());
    Set<Long> missing = new HashSet<>(wanted);
    IndexSet kept =
        IndexSet.of(
            source.size(),
            i -> {
              long index = source.datasetIndex(i);
              missing.remove(index);
              return (wanted.isEmpty() || wanted.contains(index))
                  && classOf[source.label(i)] != LEFT_OUT;
            });
    if (!missing.isEmpty()) {
      throw DatasetException.refused(
          FIELD + "sourceIndices",
          "must be examples of the training files, which have none with the index "
              + missing.stream().min(Long::compareUnsigned).map(Long::toUnsignedString).orElse(""));
    }
    SelectedSource selected =
        new SelectedSource(
            source, kept, classOf, groups.isEmpty() ? source.classes() : groups.size());
    return distinct
        ? new SelectedSource(
            source, DistinctInputs.of(selected, kept, source.size()), classOf, selected.classes)
        : selected;
  }

  private static List<List<Integer>> groups(DatasetSpec spec) {
    if (spec.getClassGroupsCount() > 0) {
      return spec.getClassGroupsList().stream().map(ClassGroup::getClassesList).toList();
    }
    return spec.getClassesList().stream().map(List::of).toList();
  }

  private static int[] classOf(DatasetSpec spec, List<List<Integer>> groups, int classes) {
    int[] classOf = new int[classes];
    Arrays.setAll(classOf, c -> groups.isEmpty() ? c : LEFT_OUT);
    List<Integer> unknown = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      for (int c : groups.get(group)) {
        if (Integer.compareUnsigned(c, classes) < 0) {
          classOf[c] = group;
        } else {
          unknown.add(c);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw DatasetException.refused(
          FIELD + (spec.getClassGroupsCount() > 0 ? "classGroups" : "classes"),
          "must be classes of the dataset, 0 to "
              + (classes - 1)
              + ", was "
              + Integer.toUnsignedString(unknown.get(0)));
    }
    return classOf;
  }

  @Override
  public long size() {
    return kept.size();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public boolean isLevels() {
    return source.isLevels();
  }

  @Override
  public void read(long index, byte[] levels) {
    source.read(kept.get(index), levels);
  }

  @Override
  public void read(long index, float[] numbers) {
    source.read(kept.get(index), numbers);
  }

  @Override
  public int label(long index) {
    return classOf[source.label(kept.get(index))];
  }

  @Override
  public int ownLabel(long index) {
    return source.label(kept.get(index));
  }

  @Override
  public int picked(int ownClass) {
    return classOf[ownClass];
  }

  @Override
  public long datasetIndex(long index) {
    return source.datasetIndex(kept.get(index));
  }

  @Override
  public void close() {
    source.close();
  }
}
