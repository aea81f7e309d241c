package dev.rote.corruption.labels;

/** Labels given by people, one byte for each example of the whole dataset. */
public final class HumanLabels {
  private final byte[] labels;

  public HumanLabels(byte[] labels) {
    this.labels = labels.clone();
  }

  int label(long datasetIndex) {
    return labels[Math.toIntExact(datasetIndex)] & 0xFF;
  }
}
