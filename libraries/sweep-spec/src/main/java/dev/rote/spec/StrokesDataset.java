package dev.rote.spec;

import dev.rote.v1.DatasetSpec;

/** {@code strokes}: drawn as many as are asked for, 10,000 by default. */
final class StrokesDataset implements DatasetKind {
  private static final long DRAWN = 10_000;
  private static final DatasetFacts FACTS =
      new DatasetFacts(
          "strokes", "ten digits drawn by Rote, no file needed", 10, DatasetFacts.GREY_28, 0, 0);

  @Override
  public DatasetFacts facts() {
    return FACTS;
  }

  @Override
  public long trainSize(DatasetSpec dataset, long validation) {
    return DRAWN;
  }

  @Override
  public boolean ownSizes() {
    return true;
  }

  @Override
  public long validationExamples(DatasetSpec dataset, boolean apart) {
    return DRAWN;
  }
}
