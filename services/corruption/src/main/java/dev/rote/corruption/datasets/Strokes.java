package dev.rote.corruption.datasets;

import dev.rote.v1.DatasetSpec;
import java.util.List;

/** {@code strokes}: digits that are drawn, as many as are asked for. */
final class Strokes implements Dataset {

  @Override
  public String name() {
    return "strokes";
  }

  @Override
  public OpenDataset open(DatasetSpec spec) {
    SplitSizes sizes = SplitSizes.of(spec);
    boolean apart = Datasets.fromTest(spec);
    long before = apart ? 0 : sizes.validation();
    ExampleSource train = new StrokesSource(spec.getSeed(), "train", before + sizes.train());
    ExampleSource validation =
        apart ? new StrokesSource(spec.getSeed(), "test", sizes.validation()) : train;
    Datasets.pooled(spec, train.shape());
    int pooling = spec.getPooling();
    return new OpenDataset(
        OpenDataset.imbalanced(
            spec, new DatasetSplit(train, null, before, sizes.train(), pooling), train.classes()),
        new DatasetSplit(validation, null, 0, sizes.validation(), pooling),
        train.classes(),
        List.of(train, validation));
  }
}
