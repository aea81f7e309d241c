package dev.rote.corruption.labels;

/** Labels of a user's own, one for each example of the whole dataset. Immutable. */
public final class ListedLabels {
  private final int[] labels;

  /**
   * @param labels by index in the dataset; not copied
   */
  public ListedLabels(int[] labels) {
    this.labels = labels;
  }

  /** Of an example by its index in the dataset. */
  public int label(long datasetIndex) {
    return labels[Math.toIntExact(datasetIndex)];
  }
}
