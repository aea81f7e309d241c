package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much a field may hold: every list, map and text of a specification is bounded, and so is a
 * resource of Kubernetes. Other doors look at these bounds before they look at anything within.
 */
public final class FieldBounds {
  /** Names of axes, points, measurements and datasets. */
  private static final int SHORT = 253;

  private static final int SENTENCES = 2_000;
  private static final int PATH = 1_024;
  private static final int LABELS = 1_000;

  /** What Kubernetes itself allows of all annotations together. */
  private static final int ANNOTATION = 256 << 10;

  private static final Map<String, Integer> LENGTHS =
      Map.ofEntries(
          Map.entry("SweepSpec.description", SENTENCES),
          Map.entry("FigureSpec.title", SENTENCES),
          Map.entry("FigureSpec.paper", SENTENCES),
          Map.entry("PanelSpec.title", SENTENCES),
          Map.entry("ClaimSpec.claim", SENTENCES),
          Map.entry("IdxFiles.train_images", PATH),
          Map.entry("IdxFiles.train_labels", PATH),
          Map.entry("IdxFiles.test_images", PATH),
          Map.entry("IdxFiles.test_labels", PATH),
          Map.entry("FileSet.path", PATH),
          Map.entry("FileSet.labels", PATH),
          Map.entry("ContentEntry.key", PATH),
          Map.entry("AnnotationsEntry.value", ANNOTATION),
          Map.entry("LabelFile.path", PATH),
          Map.entry("StartFile.path", PATH));

  private static final Map<String, Integer> ITEMS =
      Map.ofEntries(
          Map.entry("SweepSpec.axes", 8),
          Map.entry("SweepSpec.measurements", 32),
          Map.entry("SweepSpec.figures", 64),
          Map.entry("FigureSpec.panels", 6),
          Map.entry("FigureSpec.claims", 64),
          Map.entry("ClaimSpec.for_each", 4),
          Map.entry("ForEach.words", 64),
          Map.entry("ForEach.measurements", 32),
          Map.entry("ForEach.families", 64),
          Map.entry("ForEach.texts", 64),
          Map.entry("CurvesPanel.metrics", 4),
          Map.entry("ProfilePanel.terms", 4),
          Map.entry("TradeoffPanel.families", 12),
          Map.entry("AgreementPanel.scores", 24),
          Map.entry("DetectionPanel.scores", 24),
          Map.entry("DatasetSpec.batches", 5),
          Map.entry("DatasetSpec.source_indices", 10_000),
          Map.entry("OwnFiles.classes", 10_000),
          Map.entry("OwnFiles.shape", 3),
          Map.entry("OwnFiles.content", LABELS),
          Map.entry("FileSet.features", 10_000),
          Map.entry("Milestones.milestones", 1_000),
          Map.entry("Mlp.hidden", 32),
          Map.entry("Cnn.filters", 32),
          Map.entry("Cnn.dense", 32),
          Map.entry("CheckpointSpec.epochs", 10_000),
          Map.entry("MeasurementSpec.epochs", 10_000),
          Map.entry("SweepMetadata.labels", LABELS),
          Map.entry("SweepMetadata.annotations", LABELS));

  private static final Map<String, long[]> RANGES =
      Map.of(
          "SweepSpec.parallelism", new long[] {1, 10_000},
          "SweepSpec.repetitions", new long[] {1, 10_000},
          "FailureBudget.attempts", new long[] {1, 100});

  private static final long UINT32 = 0xffff_ffffL;

  private FieldBounds() {}

  private static String name(FieldDescriptor field) {
    return field.getContainingType().getName() + "." + field.getName();
  }

  /** Most characters of a text. */
  public static int length(FieldDescriptor field) {
    return LENGTHS.getOrDefault(name(field), SHORT);
  }

  /** Most items of a list or a map. */
  public static int items(FieldDescriptor field) {
    return ITEMS.getOrDefault(name(field), field.isMapField() ? 8 : LABELS);
  }

  /** Least and greatest of a 32-bit number. */
  public static long[] range(FieldDescriptor field) {
    return RANGES.getOrDefault(name(field), new long[] {0, UINT32});
  }

  /** Every field that has a bound of its own. */
  public static Set<String> named() {
    Set<String> names = new TreeSet<>(LENGTHS.keySet());
    names.addAll(ITEMS.keySet());
    names.addAll(RANGES.keySet());
    return names;
  }
}
