package dev.rote.critical;

import dev.rote.networks.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches the boxes around examples for inputs that a network predicts as another class.
 *
 * <p>An example x is critical iff some x^ with {@code max |x^ - x| <= r} has {@code argmax f(x^) !=
 * argmax f(x)}, where argmax is the predicted class, not the label (Arpit et al. 2017, section
 * 4.2). The search is the paper's Algorithm 1 (LASS) or one of its simpler relatives, see {@link
 * SearchRule}.
 *
 * <p>Differs from the paper: the step ascends the loss of the predicted class, and its gradient is
 * taken at the current x~, as in the authors' code; Algorithm 1 as printed descends and takes it at
 * x. As in Algorithm 1, points are clipped to the box alone, so that a pixel may leave [0, 1] by up
 * to r, unless the rule keeps it there.
 *
 * <p>Randomness: stream (seed, name of the rule), addressed by (index of the example in its set,
 * iteration and coordinate); neither order nor batching matters, and all checkpoints of a trial
 * meet the same draws. Not safe for use by several threads at once.
 */
public final class CriticalSearch {
  /*
   * Examples of one call on the network. Constants, not settings: the sums of a matrix product may
   * depend on the number of rows in their last bit. Calls are padded to one of a few sizes, so that
   * the batches of training, often of 128, are cheaper in calls of 64 than in one.
   */
  private static final int CALL = 256;
  private static final int TRAINING_CALL = 64;
  private static final int GROUP_VALUES = 1 << 22;

  private final Network network;
  private final SearchRule rule;
  private final long seed;
  private final int call;
  private final int groupValues;

  /**
   * @param network the classifier, not closed here
   * @param seed seed of the random start and of the noise
   */
  public CriticalSearch(Network network, SearchRule rule, long seed) {
    this(network, rule, seed, CALL, GROUP_VALUES);
  }

  CriticalSearch(Network network, SearchRule rule, long seed, int call, int groupValues) {
    this.network = network;
    this.rule = rule;
    this.seed = seed;
    this.call = call;
    this.groupValues = groupValues;
  }

  /**
   * A search around the examples of training batches.
   *
   * @param network the classifier, not closed here
   * @param seed seed of the random start and of the noise
   */
  public static CriticalSearch ofBatches(Network network, SearchRule rule, long seed) {
    return new CriticalSearch(network, rule, seed, TRAINING_CALL, GROUP_VALUES);
  }

  /**
   * Searches a whole set. Memory is bounded whatever its size: the set is searched in groups.
   *
   * @param pulse run before each call on the network; what it throws ends the search
   */
  public SearchOutcome search(InputSet examples, Runnable pulse) {
    int length = network.blueprint().inputLength();
    int groupSize = Math.max(1, groupValues / length);
    if (examples.size() <= groupSize) {
      return group(examples, 0, examples.size(), rule, pulse);
    }
    /*
     * The stop rule counts the finds of the whole set. With several groups the number of finds of
     * an iteration is known only at the end, so each runs to the cap and is cut afterwards.
     */
    List<SearchOutcome> groups = new ArrayList<>();
    for (int first = 0; first < examples.size(); first += groupSize) {
      int n = Math.min(groupSize, examples.size() - first);
      groups.add(group(examples, first, n, rule.withoutStop(), pulse));
    }
    return stopped(SearchOutcome.join(groups, examples.size()));
  }

  /** At most so many pulses come from a search of a whole set of n examples in one group. */
  public static long mostPulses(SearchRule rule, int n) {
    long passes = rule.iterations() + (rule.randomStart() ? 2L : 1L);
    return passes * ((n + CALL - 1) / CALL);
  }

  /**
   * Searches the examples of one array.
   *
   * @param points float32[N, D], the examples; rows of those found critical are overwritten by
   *     their critical samples, the others hold no defined value afterwards
   * @param first index of the first one, which addresses its random draws
   * @param pulse run before each call on the network; what it throws ends the search
   */
  public SearchOutcome search(float[] points, int n, long first, Runnable pulse) {
    return new GroupSearch(network, rule, seed, points, n, first, call, pulse).run();
  }

  private SearchOutcome group(
      InputSet examples, int first, int n, SearchRule groupRule, Runnable pulse) {
    float[] points = new float[n * network.blueprint().inputLength()];
    examples.inputs(first, n, points);
    return new GroupSearch(network, groupRule, seed, points, n, first, call, pulse).run();
  }

  private SearchOutcome stopped(SearchOutcome outcome) {
    if (rule.stopBelow() > 0) {
      int[] found = outcome.foundBy(outcome.iterations());
      for (int iteration = 1; iteration < found.length; iteration++) {
        if (found[iteration] < rule.stopBelow()) {
          return outcome.endedAfter(iteration);
        }
      }
    }
    return outcome;
  }
}
