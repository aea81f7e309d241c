package dev.rote.metrics.dynamics;

import static dev.rote.metrics.dynamics.Traces.pass;
import static dev.rote.metrics.dynamics.Traces.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.spec.DynamicsScores;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScore.Suspect;
import dev.rote.v1.TracePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of traces worked out by hand, and a twin that has whole matrices before it. */
class TraceMeasuresOracleTest {
  /** Labels 1; the last example is presented in the first three epochs, one never. */
  private static final ExampleSet FIVE = Traces.examples(1, 1, 1, 1, 1);

  private static final List<TracePass> PRESENTED =
      List.of(
          pass(0, 0, 1, 0, -1),
          pass(1, 2, 1, 1, -1),
          pass(1, 0, 1, 0, -1),
          pass(0, 0, 1, -1, -1),
          pass(1, 2, 1, -1, -1),
          pass(0, 0, 1, -1, -1));

  @Test
  void firstLearned_neverLearned_isCensored() {
    ExampleScore score = score(Score.FIRST_LEARNED, true, FIVE, PRESENTED);
    assertThat(score.getName()).isEqualTo("firstLearned");
    assertThat(score.getSuspect()).isEqualTo(Suspect.HIGH);
    assertThat(score.getValuesList()).containsExactly(2f, 7f, 1f, 2f, Float.NaN);
    assertThat(score.getCensored().toByteArray()).containsExactly(0b00010);
  }

  @Test
  void forgetting_neverLearned_isForgottenEachTimeAndCensored() {
    ExampleScore score = score(Score.FORGETTING, true, FIVE, PRESENTED);
    assertThat(score.getSuspect()).isEqualTo(Suspect.HIGH);
    assertThat(score.getValuesList()).containsExactly(2f, 6f, 0f, 1f, Float.NaN);
    assertThat(score.getCensored().toByteArray()).containsExactly(0b00010);
  }

  /** The final prediction counts, not the label. */
  @Test
  void learned_isTheEpochFromWhichOnThePredictionIsTheFinalOne() {
    ExampleSet three = Traces.examples(2, 2, 2);
    ExampleScore score =
        score(
            Score.LEARNED,
            false,
            three,
            List.of(pass(3, 1, 2), pass(1, 1, 2), pass(2, 1, 2), pass(2, 1, 0)));
    assertThat(score.getName()).isEqualTo("learned");
    assertThat(score.getValuesList()).containsExactly(3f, 1f, 4f);
    assertThat(score.getCensored().isEmpty()).isTrue();
  }

  /** Probabilities 1/2, 1/4, 3/4: mean 1/2, variance (0 + 1/16 + 1/16) / 3. */
  @Test
  void meansOfEpochs_byHand() {
    ExampleSet one = Traces.examples(0);
    double[] margins = {1};
    List<TracePass> epochs =
        List.of(
            pass(new int[] {0}, new double[] {0.5}, margins),
            pass(new int[] {1}, new double[] {0.25}, margins),
            pass(new int[] {0}, new double[] {0.75}, margins));
    assertThat(score(Score.CONFIDENCE, false, one, epochs).getValues(0))
        .isCloseTo(0.5f, within(1e-6f));
    assertThat(score(Score.VARIABILITY, false, one, epochs).getValues(0))
        .isCloseTo((float) Math.sqrt(1 / 24.0), within(1e-6f));
    assertThat(score(Score.CORRECTNESS, false, one, epochs).getValues(0))
        .isCloseTo(2 / 3f, within(1e-6f));
    assertThat(score(Score.CSL, true, one, epochs).getValues(0))
        .isCloseTo((float) ((Math.log(2) + Math.log(4) + Math.log(4 / 3.0)) / 3), within(1e-6f));
    for (Score low : List.of(Score.CONFIDENCE, Score.CORRECTNESS)) {
      assertThat(score(low, false, one, epochs).getSuspect()).isEqualTo(Suspect.LOW);
    }
    for (Score high : List.of(Score.VARIABILITY, Score.LEARNED)) {
      assertThat(score(high, false, one, epochs).getSuspect()).isEqualTo(Suspect.HIGH);
    }
    assertThat(score(Score.CSL, true, one, epochs).getSuspect()).isEqualTo(Suspect.HIGH);
  }

  /** Margins 2, -1, -4: means of all, and of the first two. */
  @Test
  void aum_upToADropOfTheRate_byHand() {
    ExampleSet one = Traces.examples(0);
    double[] half = {0.5};
    List<TracePass> epochs =
        List.of(
            pass(new int[] {0}, half, new double[] {2}),
            pass(new int[] {1}, half, new double[] {-1}),
            pass(new int[] {1}, half, new double[] {-4}));
    for (int last : new int[] {3, 2}) {
      TraceMeasures measures = new TraceMeasures(List.of(Score.AUM), one, last);
      for (int e = 0; e < 3; e++) {
        measures.take(epochs.get(e), true, e + 1, 0);
      }
      ExampleScore score = measures.scores().get(0);
      assertThat(score.getName()).isEqualTo("aum");
      assertThat(score.getSuspect()).isEqualTo(Suspect.LOW);
      assertThat(score.getValues(0)).isEqualTo(last == 3 ? -1 : 0.5f);
    }
  }

  /** Scores of presentations look at nothing else, and the others look at no presentation. */
  @ParameterizedTest
  @EnumSource(
      names = {"UNSPECIFIED", "UNRECOGNIZED", "AUM_OVER_THRESHOLD"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyScore_looksAtItsOwnPass(Score score) {
    boolean presentation = DynamicsScores.ofPresentations(score);
    assertThat(score(score, !presentation, FIVE, PRESENTED).getValuesList())
        .allMatch(value -> value.isNaN());
    assertThat(score(score, presentation, FIVE, PRESENTED).getValues(2)).isNotNaN();
  }

  private static final int N = 40;
  private static final int EPOCHS = 17;
  private static final int BLOCK = 16;

  /** Whole matrices [EPOCHS, N]; a tenth of the entries is empty. */
  @ParameterizedTest
  @EnumSource(
      names = {"UNSPECIFIED", "UNRECOGNIZED", "AUM_OVER_THRESHOLD"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyScore_inBlocks_isWhatItsDefinitionSaysOfWholeMatrices(Score score) {
    Random random = new Random(7);
    int[] labels = random.ints(N, 0, 3).toArray();
    int[][] predictions = new int[EPOCHS][N];
    double[][] probabilities = new double[EPOCHS][N];
    double[][] margins = new double[EPOCHS][N];
    for (int e = 0; e < EPOCHS; e++) {
      for (int i = 0; i < N; i++) {
        predictions[e][i] = random.nextInt(10) == 0 || i == 3 ? -1 : random.nextInt(3);
        if (i % 8 == 5 && predictions[e][i] == labels[i]) {
          predictions[e][i] = (labels[i] + 1) % 3;
        }
        probabilities[e][i] = 0.01 + 0.98 * random.nextDouble();
        margins[e][i] = random.nextGaussian();
      }
    }
    TraceMeasures measures =
        new TraceMeasures(List.of(score), Traces.examples(labels), Integer.MAX_VALUE);
    boolean presentation = DynamicsScores.ofPresentations(score);
    for (int e = 0; e < EPOCHS; e++) {
      for (int first = 0; first < N; first += BLOCK) {
        int end = Math.min(N, first + BLOCK);
        measures.take(
            pass(
                Arrays.copyOfRange(predictions[e], first, end),
                Arrays.copyOfRange(probabilities[e], first, end),
                Arrays.copyOfRange(margins[e], first, end)),
            presentation,
            e + 1,
            first);
      }
    }
    ExampleScore made = measures.scores().get(0);
    for (int i = 0; i < N; i++) {
      List<Integer> epochs = new ArrayList<>();
      for (int e = 0; e < EPOCHS; e++) {
        if (predictions[e][i] >= 0) {
          epochs.add(e);
        }
      }
      Column column = new Column(i, labels[i], epochs, predictions, probabilities, margins);
      assertThat((double) made.getValues(i))
          .as("%s of example %d", score, i)
          .isCloseTo(column.score(score), within(1e-5));
      boolean censored =
          !made.getCensored().isEmpty() && (made.getCensored().byteAt(i / 8) >> i % 8 & 1) != 0;
      assertThat(censored).isEqualTo(column.censored(score));
    }
  }

  /** One example's epochs, by definition. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Column(
      int i,
      int label,
      List<Integer> epochs,
      int[][] predictions,
      double[][] probabilities,
      double[][] margins) {

    private boolean right(int epoch) {
      return predictions[epoch][i] == label;
    }

    private boolean never() {
      return epochs.stream().noneMatch(this::right);
    }

    boolean censored(Score score) {
      return (score == Score.FIRST_LEARNED || score == Score.FORGETTING)
          && !epochs.isEmpty()
          && never();
    }

    double score(Score score) {
      if (epochs.isEmpty()) {
        return Double.NaN;
      }
      int last = epochs.get(epochs.size() - 1);
      return switch (score) {
        case FIRST_LEARNED ->
            epochs.stream().filter(this::right).mapToInt(e -> e + 1).min().orElse(last + 2);
        case LEARNED ->
            epochs.stream()
                .filter(
                    e ->
                        epochs.stream()
                            .filter(later -> later >= e)
                            .allMatch(later -> predictions[later][i] == predictions[last][i]))
                .mapToInt(e -> e + 1)
                .min()
                .orElseThrow();
        case FORGETTING -> never() ? epochs.size() : forgotten();
        case CONFIDENCE -> mean();
        case VARIABILITY ->
            Math.sqrt(
                epochs.stream()
                    .mapToDouble(e -> Math.pow(probabilities[e][i] - mean(), 2))
                    .average()
                    .orElseThrow());
        case CORRECTNESS ->
            epochs.stream().mapToDouble(e -> right(e) ? 1 : 0).average().orElseThrow();
        case CSL ->
            epochs.stream()
                .mapToDouble(e -> -Math.log(probabilities[e][i]))
                .average()
                .orElseThrow();
        case AUM -> epochs.stream().mapToDouble(e -> margins[e][i]).average().orElseThrow();
        case AUM_OVER_THRESHOLD, UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException();
      };
    }

    private double mean() {
      return epochs.stream().mapToDouble(e -> probabilities[e][i]).average().orElseThrow();
    }

    private int forgotten() {
      int events = 0;
      for (int at = 1; at < epochs.size(); at++) {
        events += right(epochs.get(at - 1)) && !right(epochs.get(at)) ? 1 : 0;
      }
      return events;
    }
  }
}
