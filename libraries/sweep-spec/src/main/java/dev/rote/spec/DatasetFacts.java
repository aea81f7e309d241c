package dev.rote.spec;

import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a dataset without opening a file.
 *
 * @param name as written in a specification
 * @param description one line
 * @param classes number of classes; 0 when only the files tell
 * @param shape of one example; all zero when only the files tell
 * @param trainExamples examples in the training files; 0 when unlimited or when only the files tell
 * @param testExamples examples in the test file, likewise
 */
public record DatasetFacts(
    String name,
    String description,
    int classes,
    Shape shape,
    long trainExamples,
    long testExamples) {

  /** Planes, rows and columns of small grey images. */
  static final Shape GREY_28 = shape(1, 28, 28);

  /** Planes, rows and columns of small colour images. */
  static final Shape COLOUR_32 = shape(3, 32, 32);

  /** Every dataset, in the order of documentation. */
  public static List<DatasetFacts> all() {
    return DatasetKinds.ALL.stream().map(DatasetKind::facts).toList();
  }

  /** The dataset of that name. */
  public static Optional<DatasetFacts> named(String name) {
    return DatasetKinds.named(name).map(DatasetKind::facts);
  }

  /**
   * Shape of one example of a dataset, after pooling; all zero when only the files tell.
   *
   * @param dataset need not be valid
   */
  static Shape shapeOf(DatasetSpec dataset) {
    int side = Math.max(1, dataset.getPooling());
    Shape shape = named(dataset.getName()).map(DatasetFacts::shape).orElse(shape(0, 0, 0));
    return shape(shape.getChannels(), shape.getHeight() / side, shape.getWidth() / side);
  }

  /**
   * Number of classes that a trial's labels have; 0 when only the files tell.
   *
   * @param trial all defaults filled in
   */
  static int classesOf(TrialSpec trial) {
    boolean unique = trial.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE;
    if (unique) {
      return trial.getDataset().getTrainSize();
    }
    int known = classesOf(trial.getDataset());
    return known == 0 ? 0 : withThreshold(trial.getCorruption(), known);
  }

  /** Number of classes that a dataset's labels have before corruption; 0 when only files tell. */
  public static int classesOf(DatasetSpec dataset) {
    int all = named(dataset.getName()).map(DatasetFacts::classes).orElse(0);
    return DatasetSelection.classes(dataset, all);
  }

  /** Whether only the files tell how many examples a dataset has of those in them. */
  public static boolean selects(DatasetSpec dataset) {
    return DatasetSelection.changesSource(dataset) || dataset.hasImbalance();
  }

  /** Number of classes that labels have: one more than the dataset's with a threshold class. */
  public static int withThreshold(CorruptionSpec corruption, int datasetClasses) {
    return datasetClasses + (corruption.hasThresholdClass() ? 1 : 0);
  }

  /** Examples in each training file of CIFAR-10. */
  public static final int CIFAR10_BATCH = 10_000;

  private static Shape shape(int channels, int height, int width) {
    return Shape.newBuilder().setChannels(channels).setHeight(height).setWidth(width).build();
  }
}
