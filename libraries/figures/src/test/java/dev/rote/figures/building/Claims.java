package dev.rote.figures.building;

import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.Along;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimSpec.Comparison;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import dev.rote.v1.Provenance;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.Verdict;
import java.util.Map;

/**
 * One claim over cells of the axes {@code data} and {@code width}, each with a training accuracy
 * and a validation accuracy per epoch.
 */
final class Claims {
  static final Metric TRAIN = Metric.newBuilder().setKind(Metric.Kind.TRAIN_ACCURACY).build();
  static final Metric VALIDATION =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();
  static final Metric EPOCHS = Metric.newBuilder().setKind(Metric.Kind.EPOCHS_TO_ACCURACY).build();
  static final Metric GINI =
      Metric.newBuilder()
          .setKind(Metric.Kind.MEASURED)
          .setMeasurement("sensitivity")
          .setValue("gini")
          .build();

  private final SyntheticStudy study;

  Claims(ClaimSpec claim) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName("data");
    spec.addAxesBuilder().setName("width");
    spec.addFiguresBuilder().setName("f").addClaims(claim);
    this.study = SyntheticStudy.of(spec.build());
  }

  /** A trial that ends with these accuracies. */
  Claims ends(String data, String width, int repetition, double train, double validation) {
    return add(
        data,
        width,
        repetition,
        new double[] {0, train},
        new double[] {0, validation},
        Map.of("sensitivity", SyntheticStudy.gini(validation)));
  }

  /** A trial that first reaches training accuracy 1 at an epoch. */
  Claims converges(String data, String width, int repetition, int epoch) {
    double[] train = new double[epoch + 2];
    train[epoch] = 1;
    return add(data, width, repetition, train, train, Map.of());
  }

  /** A trial that ends at an epoch without having reached training accuracy 1. */
  Claims stays(String data, String width, int repetition, int epoch) {
    double[] train = new double[epoch + 1];
    return add(data, width, repetition, train, train, Map.of());
  }

  private Claims add(
      String data,
      String width,
      int repetition,
      double[] train,
      double[] validation,
      Map<String, Measurement> measurements) {
    study.add(
        Map.of("data", data, "width", width),
        repetition,
        SyntheticStudy.trial(data + width + repetition, train, validation),
        measurements);
    return this;
  }

  Verdict judge() {
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance())
        .getFigures(0)
        .getVerdicts(0);
  }

  /** A term on the axis {@code data}, at width 8. */
  static Term term(Metric metric, String label) {
    return Term.newBuilder().setMetric(metric).setLabel(label).putWhere("width", "8").build();
  }

  /** A term summed up over all widths. */
  static Term along(Metric metric, String label, Along.Take take) {
    return Term.newBuilder()
        .setMetric(metric)
        .setLabel(label)
        .setAlong(Along.newBuilder().setAxis("width").setTake(take))
        .build();
  }

  static ClaimSpec value(Term term, Comparison comparison, double threshold) {
    return ClaimSpec.newBuilder()
        .setValue(term)
        .setComparison(comparison)
        .setThreshold(threshold)
        .build();
  }

  static ClaimSpec difference(Term a, Term b, Comparison comparison, double threshold) {
    ClaimSpec.Builder claim =
        ClaimSpec.newBuilder().setComparison(comparison).setThreshold(threshold);
    claim.getDifferenceBuilder().setMinuend(a).setSubtrahend(b);
    return claim.build();
  }
}
