package dev.rote.metrics.dynamics;

import com.google.protobuf.ByteString;
import dev.rote.metrics.examples.BitMask;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.spec.DynamicsScores;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.TracePass;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The scores that a measurement asks for, in one pass over a trace. */
final class TraceMeasures {
  private final ExampleSet examples;
  private final Map<Score, TraceMeasure> measures = new EnumMap<>(Score.class);

  /**
   * Before any epoch.
   *
   * @param lastOfAum last epoch that counts for AUM
   */
  TraceMeasures(List<Score> scores, ExampleSet examples, int lastOfAum) {
    this.examples = examples;
    scores.forEach(score -> measures.put(score, measure(score, examples, lastOfAum)));
  }

  /** Every measure; a new one is added here. */
  private static TraceMeasure measure(Score score, ExampleSet set, int lastOfAum) {
    int examples = set.size();
    return switch (score) {
      case FIRST_LEARNED -> new FirstLearned(examples);
      case LEARNED -> new Learned(examples);
      case FORGETTING -> new Forgetting(examples);
      case CONFIDENCE -> Average.confidence(examples);
      case VARIABILITY -> new Variability(examples);
      case CORRECTNESS -> Average.correctness(examples);
      case CSL -> Average.cumulativeLoss(examples);
      case AUM -> new AreaUnderTheMargin(examples, lastOfAum);
      case AUM_OVER_THRESHOLD -> new AumOverThreshold(set, lastOfAum);
      case UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("no measure of the score " + score);
    };
  }

  /**
   * Takes what an epoch's pass says of a block of examples.
   *
   * @param presentation whether it is the presentations of the epoch; if not, its end
   * @param first example of the block
   */
  void take(TracePass pass, boolean presentation, int epoch, int first) {
    for (Map.Entry<Score, TraceMeasure> each : measures.entrySet()) {
      if (DynamicsScores.ofPresentations(each.getKey()) == presentation) {
        take(each.getValue(), pass, epoch, first);
      }
    }
  }

  private void take(TraceMeasure measure, TracePass pass, int epoch, int first) {
    for (int i = 0; i < pass.getPredictionsCount(); i++) {
      if (Sight.isIn(pass, i)) {
        measure.take(first + i, epoch, Sight.of(pass, i, examples.label(first + i)));
      }
    }
  }

  /** The scores as they are now, in the order of the contract. */
  List<ExampleScore> scores() {
    return measures.entrySet().stream().map(e -> score(e.getKey(), e.getValue())).toList();
  }

  /** Writes numbers of all examples that scores come with, as they are now. */
  void write(DynamicsValues.Builder values) {
    if (measures.get(Score.AUM_OVER_THRESHOLD) instanceof AumOverThreshold threshold) {
      threshold.write(values);
    }
  }

  private ExampleScore score(Score name, TraceMeasure measure) {
    ExampleScore.Builder score =
        ExampleScore.newBuilder().setName(DynamicsScores.name(name)).setSuspect(measure.suspect());
    BitMask censored = new BitMask(examples.size());
    boolean any = false;
    for (int i = 0; i < examples.size(); i++) {
      score.addValues((float) measure.value(i));
      if (measure.censored(i)) {
        censored.set(i);
        any = true;
      }
    }
    return any ? score.setCensored(ByteString.copyFrom(censored.toBytes())).build() : score.build();
  }
}
