package dev.rote.corruption.datasets;

import dev.rote.corruption.formats.LabelListing;
import dev.rote.corruption.labels.ListedLabels;
import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.LabelFile;
import java.util.Locale;

/**
 * Labels of a user's own for the training examples of a dataset: of the content that is meant, one
 * for each example, and in its order, which shows by how often they agree with the dataset's.
 */
public final class OwnLabels {
  private static final String FIELD = "variant.corruption.labels.file";

  /* Of a difference from chance that is believed. */
  private static final double DEVIATIONS = 4;

  private OwnLabels() {}

  /**
   * Reads and checks them.
   *
   * @param dataset open, whose training files they are for
   * @throws DatasetException with reason {@code MISSING} when there is no such file, {@code
   *     REFUSED} when it holds other content, or no labels of these examples
   */
  public static ListedLabels read(
      Datasets datasets, LabelFile wanted, DatasetSpec spec, OpenDataset dataset) {
    NamedFile file = located(datasets.files(), wanted);
    ExampleSource source = dataset.sources().get(0);
    long known = DatasetFacts.named(spec.getName()).orElseThrow().trainExamples();
    long examples = known > 0 ? known : source.size();
    int[] labels =
        LabelListing.read(
            file,
            wanted,
            examples,
            new LabelListing.Known(source.classes(), source.classNames()),
            () -> datasets.trainNames(spec));
    datasets.files().requireStill(file, wanted.getSha256());
    checkAgreement(file, labels, source);
    return new ListedLabels(labels);
  }

  /** A file that is there and has the content that is meant. */
  public static NamedFile located(DatasetFiles files, LabelFile wanted) {
    return files.located(FIELD, wanted.getPath(), wanted.getSha256());
  }

  /**
   * Labels in another order agree by chance alone: as often as independent ones that are spread
   * alike.
   */
  private static void checkAgreement(NamedFile file, int[] labels, ExampleSource source) {
    long[] given = new long[source.classes()];
    long[] own = new long[source.classes()];
    long equal = 0;
    double n = source.size();
    for (long i = 0; i < source.size(); i++) {
      long index = source.datasetIndex(i);
      int label = labels[(int) index];
      if (label < 0) {
        throw file.unfit(
            "has no label for the training example " + index + ": there must be one for each",
            "index",
            "" + index,
            "none");
      }
      int of = source.label(i);
      given[label]++;
      own[of]++;
      equal += label == of ? 1 : 0;
    }
    double chance = 0;
    for (int c = 0; c < given.length; c++) {
      chance += given[c] / n * (own[c] / n);
    }
    double deviation = Math.sqrt(chance * (1 - chance) / n);
    if (equal < n && equal / n <= chance + DEVIATIONS * deviation) {
      throw file.unfit(
          "has the dataset's label for "
              + percent(equal / n)
              + " of the examples, no more than chance ("
              + percent(chance)
              + "): are its labels in another order, or numbered otherwise? `indexColumn` or"
              + " `fileColumn` says which example each one is of",
          "agreement",
          "above chance",
          percent(equal / n));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
