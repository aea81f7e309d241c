package dev.rote.spec;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.MeasurementSpec.KindCase;
import java.util.List;

/** The kinds of measurements that a specification may ask for, and what they share. */
final class MeasurementKinds {
  /** Every kind; a new one is added here. */
  static final List<MeasurementKind> ALL =
      List.of(
          new CriticalSamplesKind(),
          new ExampleErrorsKind(),
          new AccuracyKind(),
          new LossSensitivityKind(),
          new SharpnessKind(),
          new FiltersKind(),
          new DynamicsKind(),
          new ScoringKind(KindCase.EL2N, false, List.of("el2n")),
          new ScoringKind(KindCase.GRAND, false, List.of("grand", "inputNorm")),
          new ScoringKind(KindCase.SELF_INFLUENCE, false, List.of("selfInfluence")),
          new ScoringKind(KindCase.VOG, true, List.of("vog", "vogUnnormalized")),
          new InputCurvatureKind(),
          new PredictionDepthKind(),
          new LidKind());

  private MeasurementKinds() {}

  /** The kind of a measurement that has one. */
  static MeasurementKind of(MeasurementSpec.KindCase field) {
    return ALL.stream()
        .filter(kind -> kind.field() == field)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no measurement of the kind " + field));
  }

  /** Name of a kind as it is written, such as {@code criticalSamples}. */
  static String name(MeasurementSpec.KindCase field) {
    return MeasurementSpec.getDescriptor().findFieldByNumber(field.getNumber()).getJsonName();
  }

  /** Such as {@code criticalSamples, exampleErrors, accuracy}. */
  static String names() {
    return String.join(", ", ALL.stream().map(kind -> name(kind.field())).toList());
  }

  /** Defaults of a selection of examples. */
  static ExampleSelection examples(
      ExampleSelection examples, ExampleSelection.Split split, int count) {
    return examples.toBuilder()
        .setSplit(examples.hasSplit() ? examples.getSplit() : split)
        .setCount(examples.hasCount() ? examples.getCount() : count)
        .build();
  }

  /** Bounds of a selection of examples. */
  static void check(Checks checks, ExampleSelection examples) {
    checks.inRange("examples.count", examples.getCount(), 0, 100_000_000);
  }
}
