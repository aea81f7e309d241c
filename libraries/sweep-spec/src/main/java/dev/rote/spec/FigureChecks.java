package dev.rote.spec;

import dev.rote.v1.DifficultyPanel;
import dev.rote.v1.Family;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.ProfilePanel;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffPanel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of figures: all that they refer to exists. */
final class FigureChecks {
  private static final int LONGEST_NAME = 40;

  private final FigureReferences references;
  private final ClaimChecks claims;
  private final ScoreChecks scores;

  private FigureChecks(FigureReferences references) {
    this.references = references;
    this.claims = new ClaimChecks(references);
    this.scores = new ScoreChecks(references);
  }

  /**
   * Checks figures.
   *
   * @param spec all that they may refer to, filled in
   * @param written the figures as they are written
   */
  static void figures(Checks checks, SweepSpec spec, List<FigureSpec> written) {
    FigureChecks figures = new FigureChecks(new FigureReferences(spec));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < written.size(); i++) {
      FigureSpec figure = written.get(i);
      Checks at = checks.in("figures[" + i + "]");
      at.name("name", figure.getName());
      at.require(
          names.add(figure.getName()),
          "name",
          "must be unique, was \"" + figure.getName() + "\" again");
      figures.figure(at, figure);
    }
  }

  private void figure(Checks checks, FigureSpec figure) {
    checks.require(
        figure.getPanelsCount() >= 1 && figure.getPanelsCount() <= 6,
        "panels",
        "must be 1 to 6, were " + figure.getPanelsCount());
    for (int i = 0; i < figure.getPanelsCount(); i++) {
      panel(checks.in("panels[" + i + "]"), figure.getPanels(i));
    }
    claims(checks, figure);
  }

  private void claims(Checks checks, FigureSpec figure) {
    Checks expanding = Checks.at(checks.path());
    List<ClaimExpansion.Expanded> expanded = ClaimExpansion.of(references, expanding, figure);
    expanding.violations().list().forEach(checks.violations()::add);
    if (!expanding.isEmpty()) {
      return;
    }
    Set<Integer> wrong = new HashSet<>();
    for (ClaimExpansion.Expanded claim : expanded) {
      Checks at = Checks.at(checks.path()).in("claims[" + claim.written() + "]");
      claims.claim(at, claim.claim());
      if (!at.isEmpty() && wrong.add(claim.written())) {
        for (Violation violation : at.violations().list()) {
          checks
              .violations()
              .add(new Violation(violation.path(), violation.message() + claim.words()));
        }
      }
    }
  }

  private void panel(Checks checks, PanelSpec panel) {
    switch (panel.getKindCase()) {
      case CURVES -> {
        lines(checks, panel);
        curves(checks, panel);
      }
      case DIFFICULTY -> difficulty(checks, panel, lines(checks, panel));
      case PROFILE -> profile(checks, panel);
      case CLASS_MATRIX -> {
        single(checks, panel, lines(checks, panel));
        Checks at = checks.in("classMatrix");
        @Nullable MeasurementSpec found =
            references.measurement(
                at,
                panel.getClassMatrix().getMeasurement(),
                MeasurementSpec.KindCase.LOSS_SENSITIVITY);
        at.require(
            found == null
                || !found.hasLossSensitivity()
                || found.getLossSensitivity().getClassMatrix(),
            "measurement",
            "must measure the classMatrix: write `classMatrix: true` in "
                + panel.getClassMatrix().getMeasurement());
      }
      case FILTERS -> {
        single(checks, panel, lines(checks, panel));
        Checks at = checks.in("filters");
        references.measurement(
            at, panel.getFilters().getMeasurement(), MeasurementSpec.KindCase.FILTERS);
        if (panel.getFilters().hasColumns()) {
          at.inRange("columns", panel.getFilters().getColumns(), 1, 64);
        }
      }
      case TRADEOFF -> tradeoff(checks, panel);
      case AGREEMENT, DETECTION, EXAMPLES, DATA_MAP, DENSITY -> {
        single(checks, panel, lines(checks, panel));
        ofScores(checks, panel);
      }
      case SORTED_SCORES -> {
        lines(checks, panel);
        scores.score(checks.in("sortedScores.score"), panel.getSortedScores().getScore());
      }
      case KIND_NOT_SET ->
          checks.violate(
              "",
              "must have one of curves, difficulty, profile, classMatrix, filters, tradeoff,"
                  + " agreement, detection, examples, dataMap, density, sortedScores;"
                  + " none is written");
    }
  }

  private void ofScores(Checks checks, PanelSpec panel) {
    switch (panel.getKindCase()) {
      case AGREEMENT -> scores.agreement(checks.in("agreement"), panel.getAgreement());
      case DETECTION ->
          scores.scores(checks.in("detection"), panel.getDetection().getScoresList(), 1);
      case EXAMPLES -> scores.examples(checks.in("examples"), panel.getExamples());
      case DATA_MAP -> scores.dataMap(checks.in("dataMap"), panel.getDataMap());
      case DENSITY -> scores.density(checks.in("density"), panel.getDensity());
      default -> throw new IllegalArgumentException("no panel of scores: " + panel.getKindCase());
    }
  }

  /** Checks what a panel says of its lines; the axis that they lie along. */
  private String lines(Checks checks, PanelSpec panel) {
    String axis = references.seriesAxis(checks, panel.getSeries(), "", panel.getWhereMap());
    references.labels(checks, "labels", axis, panel.getLabelsList());
    references.where(checks, Set.of(axis), panel.getWhereMap());
    return axis;
  }

  private void single(Checks checks, PanelSpec panel, String axis) {
    checks.require(
        axis.isEmpty() || panel.getLabelsCount() == 1,
        "labels",
        "must name the one label that is drawn, names " + panel.getLabelsCount());
  }

  private void curves(Checks checks, PanelSpec panel) {
    int metrics = panel.getCurves().getMetricsCount();
    checks.require(
        metrics >= 1 && metrics <= 4, "curves.metrics", "must be 1 to 4, were " + metrics);
    for (int i = 0; i < metrics; i++) {
      Metric metric = panel.getCurves().getMetrics(i);
      Checks at = checks.in("curves.metrics[" + i + "]");
      references.metric(at, metric);
      at.require(
          !ClaimChecks.isOfSeries(metric) && metric.getKind() != Metric.Kind.EPOCHS_TO_ACCURACY,
          "kind",
          metric.getKind() + " has no course over epochs: use it in a claim");
    }
  }

  private void difficulty(Checks checks, PanelSpec panel, String axis) {
    DifficultyPanel difficulty = panel.getDifficulty();
    Checks at = checks.in("difficulty");
    references.measurement(
        at, difficulty.getMeasurement(), MeasurementSpec.KindCase.EXAMPLE_ERRORS);
    references.measuredAt(
        at, difficulty.getMeasurement(), difficulty.hasEpoch() ? difficulty.getEpoch() : 1);
    if (!difficulty.getBinomialOf().isEmpty()) {
      references.label(checks, "difficulty.binomialOf", axis, difficulty.getBinomialOf());
    }
  }

  private void profile(Checks checks, PanelSpec panel) {
    ProfilePanel profile = panel.getProfile();
    Checks at = checks.in("profile");
    references.axis(at, "axis", profile.getAxis());
    references.labels(at, "labels", profile.getAxis(), profile.getLabelsList());
    references.numbers(at, "axis", profile.getAxis(), profile.getLabelsList(), profile.getLogX());
    String lines =
        references.seriesAxis(checks, panel.getSeries(), profile.getAxis(), panel.getWhereMap());
    checks.require(
        !lines.equals(profile.getAxis()),
        "series",
        "must be another axis than profile.axis, was \"" + lines + "\"");
    references.labels(checks, "labels", lines, panel.getLabelsList());
    Set<String> free = new HashSet<>(List.of(lines, profile.getAxis()));
    references.where(checks, free, panel.getWhereMap());
    int terms = profile.getTermsCount();
    at.require(terms >= 1 && terms <= 4, "terms", "must be 1 to 4, were " + terms);
    for (int i = 0; i < terms; i++) {
      Term term = profile.getTerms(i);
      Checks inTerm = at.in("terms[" + i + "]");
      claims.bare(inTerm, term);
      inTerm.require(term.getWhereCount() == 0, "where", "belongs to the panel here: leave it out");
      inTerm.require(
          !ClaimChecks.isOfSeries(term.getMetric()),
          "metric.kind",
          term.getMetric().getKind() + " cannot be drawn so: use it in a claim");
    }
  }

  private void tradeoff(Checks checks, PanelSpec panel) {
    TradeoffPanel tradeoff = panel.getTradeoff();
    String axis =
        references.seriesAxis(checks, panel.getSeries(), "", tradeoff.getX().getWhereMap());
    checks.require(panel.getLabelsCount() == 0, "labels", "stand in the families: leave it out");
    checks.require(panel.getWhereCount() == 0, "where", "belongs to x and y here: leave it out");
    Checks at = checks.in("tradeoff");
    claims.tradeoffTerms(at, axis, tradeoff.getX(), tradeoff.getY());
    at.require(
        tradeoff.getFamiliesCount() >= 1 && tradeoff.getFamiliesCount() <= 12,
        "families",
        "must be 1 to 12, were " + tradeoff.getFamiliesCount());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tradeoff.getFamiliesCount(); i++) {
      Family family = tradeoff.getFamilies(i);
      Checks inFamily = at.in("families[" + i + "]");
      inFamily.require(
          !family.getName().isBlank() && family.getName().length() <= LONGEST_NAME,
          "name",
          "must have 1 to " + LONGEST_NAME + " characters, was \"" + family.getName() + "\"");
      inFamily.require(
          names.add(family.getName()), "name", "must be unique, was \"" + family.getName() + "\"");
      inFamily.require(family.getLabelsCount() > 0, "labels", "must be at least 1, were 0");
      references.labels(inFamily, "labels", axis, family.getLabelsList());
    }
  }
}
