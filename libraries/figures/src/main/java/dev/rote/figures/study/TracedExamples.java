package dev.rote.figures.study;

/** Examples of a block of a trace: what each is, in the order of the block. */
public final class TracedExamples {
  private final long[] sourceIndices;
  private final int[] labels;
  private final int[] sourceLabels;

  /**
   * @param sourceIndices places in the dataset's source file; not copied, like the others
   * @param labels labels that the examples are trained on
   * @param sourceLabels labels that the dataset gives them
   */
  public TracedExamples(long[] sourceIndices, int[] labels, int[] sourceLabels) {
    this.sourceIndices = sourceIndices;
    this.labels = labels;
    this.sourceLabels = sourceLabels;
  }

  public int count() {
    return sourceIndices.length;
  }

  /** The example's place in the dataset's source file. */
  public long sourceIndex(int example) {
    return sourceIndices[example];
  }

  /** The label that the example is trained on. */
  public int label(int example) {
    return labels[example];
  }

  /** The label that the dataset gives the example. */
  public int sourceLabel(int example) {
    return sourceLabels[example];
  }
}
