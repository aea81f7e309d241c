package dev.rote.critical;

import java.util.Arrays;

/**
 * What a search found for each example of a set.
 *
 * <p>An example whose own logits are not finite has no prediction: it is not critical and is
 * counted in {@link #undefined()}.
 */
public final class SearchOutcome {
  static final int NOT_FOUND = -1;
  static final int UNDEFINED = -2;

  private final int[] predicted;
  private final int[] adversarial;
  private final int[] foundAt;
  private final int iterations;

  /**
   * @param predicted class predicted at each example
   * @param adversarial class predicted at the critical sample found; that of the example without
   * @param foundAt iteration after which it was found, {@link #NOT_FOUND} or {@link #UNDEFINED}
   * @param iterations iterations run before the search ended
   */
  SearchOutcome(int[] predicted, int[] adversarial, int[] foundAt, int iterations) {
    this.predicted = predicted;
    this.adversarial = adversarial;
    this.foundAt = foundAt;
    this.iterations = iterations;
  }

  /** Number of examples searched. */
  public int examples() {
    return predicted.length;
  }

  /** Whether a critical sample was found for example {@code i}. */
  public boolean critical(int i) {
    return foundAt[i] >= 0;
  }

  /** Class predicted at example {@code i}. */
  public int predicted(int i) {
    return predicted[i];
  }

  /** Class predicted at the critical sample of example {@code i}; its own class without one. */
  public int adversarialClass(int i) {
    return adversarial[i];
  }

  /**
   * Iterations used on example {@code i}: until its critical sample was found (0 when a random
   * start was one already), else all that were run; 0 for an example without a prediction.
   */
  public int iterations(int i) {
    return foundAt[i] >= 0 ? foundAt[i] : foundAt[i] == UNDEFINED ? 0 : iterations;
  }

  /** Iterations run: the largest of any example. */
  public int iterations() {
    return iterations;
  }

  /** Iterations summed over examples. */
  public long exampleIterations() {
    long sum = 0;
    for (int i = 0; i < foundAt.length; i++) {
      sum += iterations(i);
    }
    return sum;
  }

  /** Number of critical samples found. */
  public int critical() {
    return (int) Arrays.stream(foundAt).filter(at -> at >= 0).count();
  }

  /** Number of examples whose logits are not finite. */
  public int undefined() {
    return (int) Arrays.stream(foundAt).filter(at -> at == UNDEFINED).count();
  }

  /**
   * Critical sample ratio, #critical / |D| (Arpit et al. 2017, section 4.2); NaN when the set is
   * empty or an example has no prediction.
   */
  public double ratio() {
    return undefined() > 0 ? Double.NaN : (double) critical() / examples();
  }

  /** This outcome as it would be had the search ended after iteration {@code last}. */
  SearchOutcome endedAfter(int last) {
    int[] classes = adversarial.clone();
    int[] found = foundAt.clone();
    for (int i = 0; i < found.length; i++) {
      if (found[i] > last) {
        found[i] = NOT_FOUND;
        classes[i] = predicted[i];
      }
    }
    return new SearchOutcome(predicted, classes, found, Math.min(iterations, last));
  }

  /** New critical samples found by each iteration, 1 to {@code cap}; index 0: by the start. */
  int[] foundBy(int cap) {
    int[] counts = new int[cap + 1];
    for (int at : foundAt) {
      if (at >= 0) {
        counts[at]++;
      }
    }
    return counts;
  }

  /** The outcomes of consecutive groups of a set, joined. */
  static SearchOutcome join(Iterable<SearchOutcome> groups, int examples) {
    int[] predicted = new int[examples];
    int[] adversarial = new int[examples];
    int[] foundAt = new int[examples];
    int iterations = 0;
    int next = 0;
    for (SearchOutcome group : groups) {
      int n = group.examples();
      System.arraycopy(group.predicted, 0, predicted, next, n);
      System.arraycopy(group.adversarial, 0, adversarial, next, n);
      System.arraycopy(group.foundAt, 0, foundAt, next, n);
      iterations = Math.max(iterations, group.iterations);
      next += n;
    }
    return new SearchOutcome(predicted, adversarial, foundAt, iterations);
  }
}
