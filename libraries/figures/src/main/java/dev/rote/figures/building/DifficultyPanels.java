package dev.rote.figures.building;

import dev.rote.figures.statistics.BinomialReference;
import dev.rote.figures.study.ErrorCounts;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.DifficultyPanel;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Series;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Panels of sorted per-example error rates (Fig 1 of Arpit et al. 2017).
 *
 * <p>p&#770;<sub>i</sub> = errors of example i / R, on its training label, sorted upwards; x is the
 * rank from 1 to N. The reference is N samples of Binomial(R, p) / R with p the mean error rate of
 * the line named by {@code binomial_of}. A sorted curve has no interval of its own: both ends equal
 * y.
 */
final class DifficultyPanels {
  private static final int DEFAULT_EPOCH = 1;

  private DifficultyPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    DifficultyPanel difficulty = spec.getDifficulty();
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel("example, by rank of its error rate")
            .setYLabel("error rate over repetitions")
            .addMetrics("error rate");
    String axis = data.axes().ofLines(spec);
    for (String label : Panels.labels(spec, data, axis)) {
      counts(spec, data, label)
          .ifPresent(
              counts ->
                  panel.addSeries(
                      line(label, label, 0, rates(counts), counts).setPlace(Panels.place(axis))));
    }
    if (!difficulty.getBinomialOf().isEmpty()) {
      counts(spec, data, difficulty.getBinomialOf())
          .ifPresent(counts -> addReference(panel, difficulty.getBinomialOf(), counts));
    }
    return panel.build();
  }

  private static void addReference(Panel.Builder panel, String of, ErrorCounts counts) {
    double mean = counts.meanRate();
    String name =
        String.format(
            Locale.ROOT, "Binomial(%d, %.3f), mean of %s", counts.repetitions(), mean, of);
    double[] rates =
        BinomialReference.sortedRates(counts.errors().length, counts.repetitions(), mean);
    panel.addMetrics(name).addSeries(line(name, "", 1, rates, counts));
  }

  private static Optional<ErrorCounts> counts(PanelSpec spec, StudyData data, String label) {
    DifficultyPanel difficulty = spec.getDifficulty();
    int epoch = difficulty.hasEpoch() ? difficulty.getEpoch() : DEFAULT_EPOCH;
    String axis = data.axes().ofLines(spec);
    Selection line = Selection.line(axis, label, spec.getWhereMap());
    return Optional.ofNullable(data.counts(difficulty.getMeasurement(), line).get(epoch));
  }

  private static double[] rates(ErrorCounts counts) {
    int[] errors = counts.errors();
    Arrays.sort(errors);
    return Arrays.stream(errors).mapToDouble(e -> e / (double) counts.repetitions()).toArray();
  }

  private static Series.Builder line(
      String name, String label, int style, double[] rates, ErrorCounts counts) {
    Series.Builder series = Series.newBuilder().setName(name).setLabel(label).setStyle(style);
    for (int i = 0; i < rates.length; i++) {
      series
          .addX(i + 1)
          .addY(rates[i])
          .addLow(rates[i])
          .addHigh(rates[i])
          .addRepetitions(counts.repetitions());
    }
    return series;
  }
}
