package dev.rote.figures.report;

import com.google.protobuf.Timestamp;
import dev.rote.figures.building.ReportBuilder;
import dev.rote.figures.study.SyntheticStudy;
import dev.rote.random.CounterRandom;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import java.util.List;
import java.util.Map;

/** A study of real, randX and randY that looks like the paper's, made from a formula and a seed. */
final class SampleStudy {
  static final List<String> DATA = List.of("real", "randX", "randY");
  private static final int EPOCHS = 30;
  private static final int EXAMPLES = 200;
  private static final int REPETITIONS = 12;

  private SampleStudy() {}

  static Report report() {
    Provenance provenance =
        Provenance.newBuilder()
            .setSweepJson(
                """
                {"apiVersion": "rote.dev/v1", "kind": "Sweep", "metadata": {"name": "synthetic"},
                 "spec": {"repetitions": 12, "trial": {"seed": "7", "dataset": {"name": "strokes"}},
                  "axes": [{"name": "data", "points": [
                   {"label": "real", "set": {}},
                   {"label": "randX", "set": {"corruption": {"inputs": {"rule": "GAUSSIAN"}}}},
                   {"label": "randY",
                    "set": {"corruption": {"labels": {"rule": "RANDOM"}, "seed": "5"}}}]}]}}
                """)
            .setRoteVersion("0.1.0")
            .setEngineVersion("1")
            .setJavaVersion("17")
            .setOs("Linux")
            .setSubmitted(Timestamp.newBuilder().setSeconds(1_700_000_000))
            .setReported(Timestamp.newBuilder().setSeconds(1_700_000_100))
            .build();
    return ReportBuilder.build("synthetic-00000000", study(), provenance);
  }

  private static SyntheticStudy study() {
    SyntheticStudy study = SyntheticStudy.of(spec());
    for (int d = 0; d < DATA.size(); d++) {
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        CounterRandom random = CounterRandom.of(repetition + 1, DATA.get(d));
        double[] train = new double[EPOCHS + 1];
        double[] validation = new double[EPOCHS + 1];
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
          double speed = new double[] {0.5, 0.25, 0.1}[d];
          double noise = 0.02 * random.gaussian(epoch, 0);
          train[epoch] = clamp(1 - 0.9 * StrictMath.exp(-speed * epoch) + noise);
          double best = new double[] {0.95, 0.11, 0.3}[d];
          double fall = d == 2 ? 0.15 * epoch / EPOCHS : 0;
          validation[epoch] =
              clamp(best - (best - 0.1) * StrictMath.exp(-0.4 * epoch) - fall + noise);
        }
        int[] epochs = {0, 1, 2, 5, 10, 20, 30};
        double[] ratios = new double[epochs.length];
        for (int i = 0; i < epochs.length; i++) {
          ratios[i] =
              clamp(
                  new double[] {0.1, 0.35, 0.5}[d] * (1 - StrictMath.exp(-0.2 * epochs[i]))
                      + 0.01 * random.gaussian(i, 7));
        }
        study.add(
            Map.of("data", DATA.get(d)),
            repetition,
            SyntheticStudy.trial(DATA.get(d) + repetition, train, validation),
            Map.of("csr", SyntheticStudy.ratios(epochs, ratios), "errors", errors(d, repetition)));
      }
    }
    return study;
  }

  private static Measurement errors(int data, int repetition) {
    CounterRandom random = CounterRandom.of(repetition, "errors");
    boolean[] wrong = new boolean[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      double u = i / (double) EXAMPLES;
      double p = new double[] {StrictMath.pow(u, 6), 0.55, 0.5 + 0.45 * u}[data];
      wrong[i] = random.uniform(data, i) < p;
    }
    return SyntheticStudy.errors(1, wrong);
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }

  private static Metric metric(Metric.Kind kind) {
    return Metric.newBuilder().setKind(kind).build();
  }

  static Metric metric(Metric.Kind kind, String measurement) {
    return Metric.newBuilder().setKind(kind).setMeasurement(measurement).build();
  }

  private static SweepSpec spec() {
    SweepSpec.Builder spec =
        SweepSpec.newBuilder()
            .setDescription("Real strokes against noise inputs and noise labels.")
            .setRepetitions(REPETITIONS);
    var axis = spec.addAxesBuilder().setName("data");
    DATA.forEach(label -> axis.addPointsBuilder().setLabel(label));
    spec.addFigures(accuracy()).addFigures(difficulty());
    return spec.build();
  }

  private static FigureSpec accuracy() {
    FigureSpec.Builder figure =
        FigureSpec.newBuilder()
            .setName("curves")
            .setTitle("Accuracy and critical sample ratio over training")
            .setPaper("Networks fit noise more slowly, and their decision boundaries are closer.");
    PanelSpec.Builder left = figure.addPanelsBuilder().setTitle("Accuracy");
    left.getCurvesBuilder()
        .addMetrics(metric(Metric.Kind.TRAIN_ACCURACY))
        .addMetrics(metric(Metric.Kind.VALIDATION_ACCURACY));
    PanelSpec.Builder right = figure.addPanelsBuilder().setTitle("Critical samples");
    right.getCurvesBuilder().addMetrics(metric(Metric.Kind.CRITICAL_SAMPLE_RATIO, "csr"));
    ClaimSpec.Builder claim =
        figure
            .addClaimsBuilder()
            .setClaim("The validation accuracy on randY is far below that on real data.")
            .setComparison(ClaimSpec.Comparison.BELOW)
            .setThreshold(-0.3);
    claim
        .getDifferenceBuilder()
        .setMinuend(term(metric(Metric.Kind.VALIDATION_ACCURACY), "randY"))
        .setSubtrahend(term(metric(Metric.Kind.VALIDATION_ACCURACY), "real"));
    ClaimSpec.Builder trend =
        figure.addClaimsBuilder().setClaim("The critical sample ratio rises from real to randY.");
    trend.setThreshold(0.9).getTrendBuilder().addAllLabels(DATA);
    trend.getTrendBuilder().setTerm(term(metric(Metric.Kind.CRITICAL_SAMPLE_RATIO, "csr"), ""));
    ClaimSpec.Builder undecided = figure.addClaimsBuilder().setClaim("Nobody measured this.");
    undecided.setValue(term(metric(Metric.Kind.CRITICAL_SAMPLE_RATIO, "absent"), "real"));
    return figure.build();
  }

  private static FigureSpec difficulty() {
    FigureSpec.Builder figure =
        FigureSpec.newBuilder()
            .setName("fig1")
            .setTitle("Easy and hard examples after one epoch")
            .setPaper("Real data vary far more in difficulty than noise.");
    figure
        .addPanelsBuilder()
        .setTitle("Per-example error rate")
        .getDifficultyBuilder()
        .setMeasurement("errors")
        .setEpoch(1)
        .setBinomialOf("randX");
    ClaimSpec.Builder claim =
        figure
            .addClaimsBuilder()
            .setClaim("Real data vary more in difficulty than chance.")
            .setThreshold(2);
    claim.setValue(term(metric(Metric.Kind.DISPERSION, "errors"), "real"));
    return figure.build();
  }

  static Term term(Metric metric, String label) {
    return Term.newBuilder().setMetric(metric).setLabel(label).build();
  }
}
