package dev.rote.spec;

import dev.rote.v1.CriticalSamples;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Lass;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Pgd;

/** Critical sample ratio. */
final class CriticalSamplesKind implements MeasurementKind {
  static final double RADIUS = 0.3;
  private static final int LASS_ITERATIONS = 100;
  private static final double LARGEST_RADIUS = 255;
  private static final double LARGEST_OF_INPUTS = 1_000_000;
  private static final int MOST_ITERATIONS = 100_000;

  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.CRITICAL_SAMPLES;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    spec.setCriticalSamples(fill(spec.getCriticalSamples()));
  }

  static CriticalSamples fill(CriticalSamples critical) {
    CriticalSamples.Builder filled = critical.toBuilder();
    filled.setExamples(
        MeasurementKinds.examples(critical.getExamples(), ExampleSelection.Split.VALIDATION, 1000));
    double radius = critical.hasRadius() ? critical.getRadius() : RADIUS;
    filled.setRadius(radius);
    filled.setSeed(critical.hasSeed() ? critical.getSeed() : 1);
    if (critical.getUnit() == CriticalSamples.Unit.GREY_LEVELS) {
      /* Written or not, it is the same search. */
      filled.clearUnit();
    }
    switch (critical.getSearchCase()) {
      case FGSM -> {}
      case PGD -> {
        Pgd pgd = critical.getPgd();
        filled.setPgd(
            Pgd.newBuilder()
                .setAlpha(pgd.hasAlpha() ? pgd.getAlpha() : radius / 4)
                .setIterations(pgd.hasIterations() ? pgd.getIterations() : 40));
      }
      case LASS, SEARCH_NOT_SET -> filled.setLass(fill(critical.getLass(), LASS_ITERATIONS));
    }
    return filled.build();
  }

  static Lass fill(Lass lass, int iterations) {
    return Lass.newBuilder()
        .setAlpha(lass.hasAlpha() ? lass.getAlpha() : 0.25)
        .setBeta(lass.hasBeta() ? lass.getBeta() : 0.2)
        .setIterations(lass.hasIterations() ? lass.getIterations() : iterations)
        .setStopBelow(lass.getStopBelow())
        .build();
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    check(checks, spec.getCriticalSamples());
  }

  static void check(Checks checks, CriticalSamples search) {
    MeasurementKinds.check(checks, search.getExamples());
    checkRadius(checks, search.getRadius(), search.getUnit());
    switch (search.getSearchCase()) {
      case LASS -> check(checks, search.getLass());
      case PGD -> {
        checks.positive("pgd.alpha", search.getPgd().getAlpha());
        checks.inRange("pgd.iterations", search.getPgd().getIterations(), 1, MOST_ITERATIONS);
      }
      case FGSM, SEARCH_NOT_SET -> {}
    }
  }

  static void checkRadius(Checks checks, double radius, CriticalSamples.Unit unit) {
    boolean ofInputs = unit == CriticalSamples.Unit.INPUTS;
    checks.require(
        radius > 0 && radius <= (ofInputs ? LARGEST_OF_INPUTS : LARGEST_RADIUS),
        "radius",
        "must be in (0, "
            + (ofInputs ? "1000000] units of the inputs" : "255] grey levels")
            + ", was "
            + TreeReader.number(radius));
  }

  static void check(Checks checks, Lass lass) {
    checks.notNegative("lass.alpha", lass.getAlpha());
    checks.notNegative("lass.beta", lass.getBeta());
    checks.inRange("lass.iterations", lass.getIterations(), 1, MOST_ITERATIONS);
  }
}
