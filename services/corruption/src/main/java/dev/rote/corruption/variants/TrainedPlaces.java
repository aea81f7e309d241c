package dev.rote.corruption.variants;

import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.selection.IndexSet;
import dev.rote.corruption.selection.Quotas;
import dev.rote.corruption.selection.Selection;
import dev.rote.random.IndexPermutation;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.Subset;
import dev.rote.v1.VariantSpec;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which examples of the training split are trained on, and how often: a subset, and repeated ones
 * of these.
 *
 * <p>Streams: {@code dataset/subset} under the subset's seed, {@code repeated/train} under that of
 * the corruption.
 */
final class TrainedPlaces {
  private static final String REPEATED = "variant.corruption.repeated";
  private static final long MOST = 100_000_000;

  private TrainedPlaces() {}

  /**
   * The places of a training split.
   *
   * @param train its corruption
   * @throws DatasetException with reason {@code REFUSED} when nothing is left, or an example that
   *     is to be repeated is not there
   */
  static Places of(VariantSpec spec, SplitPlan train) {
    long examples = train.real().size();
    checkLeft(spec.getDataset(), examples);
    IndexSet kept =
        spec.getDataset().hasSubset() ? subset(spec.getDataset().getSubset(), examples) : null;
    if (!spec.getCorruption().hasRepeated()) {
      return new Places(kept, examples, null, 1);
    }
    RepeatedExamples repeated = spec.getCorruption().getRepeated();
    LongPredicate left = example -> kept == null || kept.contains(example);
    IndexSet chosen =
        repeated.getSourceIndicesCount() > 0
            ? listed(repeated, train, left)
            : drawn(repeated, spec.getCorruption().getSeed(), train, left);
    Places places = new Places(kept, examples, chosen, repeated.getTimes());
    if (places.size() > MOST) {
      throw DatasetException.refused(
          REPEATED + ".times",
          "must make at most "
              + MOST
              + " training examples of them all, made "
              + places.size()
              + ": write fewer times, or a smaller share");
    }
    return places;
  }

  /** Examples that a subset leaves of so many. */
  static long left(DatasetSpec dataset, long examples) {
    return dataset.hasSubset() ? Math.round(dataset.getSubset().getShare() * examples) : examples;
  }

  private static IndexSet subset(Subset subset, long examples) {
    Selection chosen =
        Selection.exactly(subset.getSeed(), "dataset/subset", subset.getShare(), examples);
    return IndexSet.of(examples, chosen::contains);
  }

  /**
   * Checks that a subset leaves something.
   *
   * @param examples of the training split before it
   * @throws DatasetException with reason {@code REFUSED}
   */
  static void checkLeft(DatasetSpec dataset, long examples) {
    if (left(dataset, examples) == 0) {
      throw DatasetException.refused(
          "variant.dataset.subset.share",
          "must leave an example, left none of " + examples + " training examples");
    }
  }

  private static IndexSet drawn(
      RepeatedExamples repeated, long seed, SplitPlan train, LongPredicate left) {
    long examples = train.real().size();
    LongToIntFunction kind =
        example -> left.test(example) && isOf(repeated.getOf(), train.mask(example)) ? 0 : -1;
    long eligible = Quotas.counts(examples, kind, 1)[0];
    long quota = Math.round(repeated.getShare() * eligible);
    if (quota == 0) {
      throw DatasetException.refused(
          REPEATED + ".share",
          "must repeat an example, repeats none of the " + eligible + " that `of` says");
    }
    return Quotas.choose(
        IndexPermutation.of(seed, "repeated/train", examples), examples, kind, new long[] {quota});
  }

  private static boolean isOf(RepeatedExamples.Of of, byte mask) {
    boolean corrupted = (mask & Shard.CORRUPTED) != 0;
    return switch (of) {
      case CORRUPTED -> corrupted;
      case CLEAN -> !corrupted;
      case ANY, UNSPECIFIED, UNRECOGNIZED -> true;
    };
  }

  private static IndexSet listed(RepeatedExamples repeated, SplitPlan train, LongPredicate left) {
    Set<Long> wanted = new HashSet<>(repeated.getSourceIndicesList());
    IndexSet found =
        IndexSet.of(
            train.real().size(),
            example -> left.test(example) && wanted.remove(train.real().datasetIndex(example)));
    @Nullable Long missing = wanted.stream().min(Long::compareUnsigned).orElse(null);
    if (missing != null) {
      throw DatasetException.refused(
          REPEATED + ".sourceIndices",
          "must be examples of the training split, which has none with the index "
              + Long.toUnsignedString(missing));
    }
    return found;
  }
}
