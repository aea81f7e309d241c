package dev.rote.metrics.dynamics;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.TracePass;

/**
 * Shares of groups of examples, epoch by epoch: what is learned with the dataset's own label, what
 * is fitted to another one (Liu et al. 2020, Figure 1), what is forgotten.
 */
final class LearningCurves {
  private static final byte PRESENTED_RIGHT = 1;
  private static final byte EVER_RIGHT = 2;
  private static final byte EVER_FORGOTTEN = 4;

  /** Examples of one kind, at an epoch. */
  private static final class Group {
    private long examples;
    private long seen;
    private long right;
    private double margins;

    void begin() {
      seen = 0;
      right = 0;
      margins = 0;
    }

    void take(Sight sight) {
      seen++;
      right += sight.right() ? 1 : 0;
      margins += sight.margin();
    }

    double fitted() {
      return share(right, seen);
    }

    double margin() {
      return seen == 0 ? Double.NaN : margins / seen;
    }
  }

  private final ExampleSet examples;
  private final boolean ownClasses;
  private final byte[] memory;
  private final Group all = new Group();
  private final Group clean = new Group();
  private final Group wrong = new Group();
  private final Group replaced = new Group();
  private final Group threshold = new Group();
  private long learnedTrue;
  private long presented;
  private long presentedRight;
  private long forgotten;
  private long unforgettable;
  private long everRight;

  /**
   * Before any epoch.
   *
   * @param ownClasses whether labels are classes of their own, which say nothing of the dataset's
   */
  LearningCurves(ExampleSet examples, boolean ownClasses) {
    this.examples = examples;
    this.ownClasses = ownClasses;
    this.memory = new byte[examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      group(i).examples++;
    }
  }

  private Group group(int example) {
    if (examples.thresholdClass(example)) {
      return threshold;
    }
    if (examples.inputReplaced(example)) {
      return replaced;
    }
    boolean own = examples.label(example) == examples.sourceLabel(example);
    return own && !ownClasses ? clean : wrong;
  }

  /** Begins an epoch. */
  void begin() {
    all.begin();
    clean.begin();
    wrong.begin();
    replaced.begin();
    learnedTrue = 0;
    presented = 0;
    presentedRight = 0;
    forgotten = 0;
  }

  /** Takes the end of the epoch of a block of examples, the first of which is given. */
  void takeEnd(TracePass pass, int first) {
    for (int i = 0; i < pass.getPredictionsCount(); i++) {
      if (Sight.isIn(pass, i)) {
        end(first + i, Sight.of(pass, i, examples.label(first + i)));
      }
    }
  }

  private void end(int example, Sight sight) {
    all.take(sight);
    group(example).take(sight);
    boolean learnsTrue = sight.predicted() == examples.sourceLabel(example);
    learnedTrue += group(example) == wrong && learnsTrue ? 1 : 0;
  }

  /** Takes the presentations of a block of examples, the first of which is given. */
  void takePresentation(TracePass pass, int first) {
    for (int i = 0; i < pass.getPredictionsCount(); i++) {
      if (Sight.isIn(pass, i)) {
        present(first + i, Sight.of(pass, i, examples.label(first + i)).right());
      }
    }
  }

  private void present(int example, boolean now) {
    byte before = memory[example];
    boolean forgets = !now && (before & PRESENTED_RIGHT) != 0;
    boolean firstTime = now && (before & EVER_RIGHT) == 0;
    boolean loses = forgets && (before & EVER_FORGOTTEN) == 0;
    presented++;
    presentedRight += now ? 1 : 0;
    forgotten += forgets ? 1 : 0;
    everRight += firstTime ? 1 : 0;
    unforgettable += (firstTime ? 1 : 0) - (loses ? 1 : 0);
    memory[example] =
        (byte)
            ((before & ~PRESENTED_RIGHT)
                | (now ? PRESENTED_RIGHT | EVER_RIGHT : 0)
                | (forgets ? EVER_FORGOTTEN : 0));
  }

  /** The numbers of the epoch. */
  DynamicsValues values() {
    int n = examples.size();
    DynamicsValues.Builder values = DynamicsValues.newBuilder();
    if (threshold.examples > 0) {
      values.setThresholdExamples(threshold.examples);
    }
    return values
        .setExamples(n)
        .setClean(clean.examples)
        .setWrong(wrong.examples)
        .setReplaced(replaced.examples)
        .setRight(all.fitted())
        .setCleanRight(clean.fitted())
        .setWrongFitted(wrong.fitted())
        .setWrongLearnedTrue(ownClasses ? Double.NaN : share(learnedTrue, wrong.seen))
        .setReplacedFitted(replaced.fitted())
        .setMargin(all.margin())
        .setCleanMargin(clean.margin())
        .setWrongMargin(wrong.margin())
        .setReplacedMargin(replaced.margin())
        .setPresentedRight(share(presentedRight, presented))
        .setForgotten(share(forgotten, presented))
        .setUnforgettable(presented == 0 ? Double.NaN : share(unforgettable, n))
        .setNeverLearned(presented == 0 ? Double.NaN : share(n - everRight, n))
        .build();
  }

  private static double share(long part, long of) {
    return of == 0 ? Double.NaN : (double) part / of;
  }
}
