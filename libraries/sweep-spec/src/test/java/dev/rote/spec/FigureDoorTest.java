package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rote.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panels and claims that refer to what is not there, or cannot be drawn or judged. */
class FigureDoorTest {
  private static final String MEASURED =
      SweepFilesTest.SWEEP.replace(
          "  - name: errors",
          """
            - name: loss
              lossSensitivity: {}
            - name: matrix
              lossSensitivity: {classMatrix: true}
            - name: layer
              filters: {}
            - name: dynamics
              dynamics: {scores: [FORGETTING, CONFIDENCE]}
          """
              + "  - name: errors");
  private static final String PANEL =
      "{curves: {metrics: [{kind: TRAIN_LOSS}]}, where: {level: '1'}}";

  private static Sweep sweep(String panel, String claim) {
    return SweepFiles.parse(
        MEASURED
            + "  figures:\n  - name: fig\n    panels: ["
            + panel
            + "]\n    claims: ["
            + claim
            + "]\n",
        "test.yaml");
  }

  private static void check(String panel, String claim) {
    SweepValidator.check(sweep(panel, claim));
  }

  private static void assertRefused(String panel, String claim, String path, String message) {
    Refusal.expectPart(sweep(panel, claim), "spec.figures[0]." + path, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {profile: {axis: size, terms: [{metric: {kind: TRAIN_LOSS}}]}} | profile.axis | must name an axis, was ""size""
          {profile: {axis: level, terms: []}} | profile.terms | must be 1 to 4, were 0
          {series: level, profile: {axis: data, terms: [{metric: {kind: TRAIN_LOSS}}]}} | profile.axis | one is "real"
          {profile: {axis: level, labels: ['9'], terms: [{metric: {kind: TRAIN_LOSS}}]}} | profile.labels[0] | must be a label of the axis level
          {series: level, profile: {axis: level, terms: [{metric: {kind: TRAIN_LOSS}}]}} | series | must be another axis than profile.axis
          {profile: {axis: level, terms: [{metric: {kind: TRAIN_LOSS}, label: real}]}} | profile.terms[0].label | is not for here
          {profile: {axis: level, terms: [{metric: {kind: DISPERSION, measurement: errors}}]}} | profile.terms[0].metric.kind | cannot be drawn so
          {curves: {metrics: [{kind: EPOCHS_TO_ACCURACY}]}, where: {level: '1'}} | curves.metrics[0].kind | has no course over epochs
          {curves: {metrics: [{kind: MEASURED, measurement: loss, value: gin}]}, where: {level: '1'}} | curves.metrics[0].value | did you mean gini?
          {curves: {metrics: [{kind: MEASURED, measurement: x, value: gini}]}, where: {level: '1'}} | curves.metrics[0].measurement | must name a measurement, was ""x""
          {curves: {metrics: [{kind: TRAIN_LOSS, value: gini}]}, where: {level: '1'}} | curves.metrics[0].value | is for the kind MEASURED alone
          {classMatrix: {measurement: matrix}, where: {level: '1'}} | labels | must name the one label that is drawn, names 0
          {classMatrix: {measurement: loss}, labels: [real], where: {level: '1'}} | classMatrix.measurement | write `classMatrix: true` in loss
          {filters: {measurement: loss}, labels: [real], where: {level: '1'}} | filters.measurement | kind filters, was ""loss""
          {filters: {measurement: layer, columns: 0}, labels: [real], where: {level: '1'}} | filters.columns | must be in [1, 64], was 0
          {agreement: {scores: [{measurement: errors, score: x}]}, labels: [real], where: {level: '1'}} | agreement.scores | must be 2 to 24, were 1
          {agreement: {scores: [{measurement: errors, score: x}, {measurement: errors, score: x}]}, labels: [real], where: {level: '1'}} | agreement.scores[1] | must be another than those before
          {detection: {scores: [{measurement: error, score: x}]}, labels: [real], where: {level: '1'}} | detection.scores[0].measurement | must name a measurement, was ""error"": there are
          {detection: {scores: [{measurement: errors, score: x}]}, labels: [real], where: {level: '1'}} | detection.scores[0].measurement | must be one that scores examples, errors is of the kind exampleErrors
          {detection: {scores: [{measurement: dynamics, score: forgeting}]}, labels: [real], where: {level: '1'}} | detection.scores[0].score | did you mean forgetting?
          {density: {score: {measurement: dynamics, score: aum}}, labels: [real], where: {level: '1'}} | density.score.score | must be a score of the measurement dynamics, was ""aum""
          {dataMap: {measurement: dynamics}, labels: [real], where: {level: '1'}} | dataMap.measurement | dynamics does not score variability
          {detection: {scores: []}, labels: [real], where: {level: '1'}} | detection.scores | must be 1 to 24, were 0
          {detection: {scores: []}, where: {level: '1'}} | labels | must name the one label that is drawn, names 0
          {examples: {score: {measurement: errors, score: x}, count: 65}, labels: [real], where: {level: '1'}} | examples.count | must be in [1, 64], was 65
          {examples: {score: {measurement: errors, score: x}, perClass: true, columns: 4}, labels: [real], where: {level: '1'}} | examples.columns | is `count` with perClass
          {examples: {score: {measurement: errors, score: los}}, labels: [real], where: {level: '1'}} | examples.score.score | did you mean loss?
          {examples: {score: {measurement: errors, score: loss}, skip: 3000000000}, labels: [real], where: {level: '1'}} | examples.skip | must be in [0, 2147483647], was 3000000000
          {dataMap: {measurement: errors}, labels: [real], where: {level: '1'}} | dataMap.measurement | must score confidence and variability of examples
          {density: {score: {measurement: errors, score: x}, bins: 1}, labels: [real], where: {level: '1'}} | density.bins | must be in [2, 200], was 1
          {sortedScores: {score: {measurement: errors, score: x, epoch: 2}}, where: {level: '1'}} | sortedScores.score.epoch | must be an epoch that the measurement errors looks at, was 2
          {curves: {metrics: [{kind: DETECTION_AUROC, measurement: errors, score: x}]}, where: {level: '1'}} | curves.metrics[0].measurement | must be one that scores examples
          {curves: {metrics: [{kind: TRAIN_LOSS, score: x}]}, where: {level: '1'}} | curves.metrics[0].score | is for DETECTION_*, RANK_CORRELATION and SHARE_* alone
          {curves: {metrics: [{kind: TRAIN_LOSS, target: EITHER}]}, where: {level: '1'}} | curves.metrics[0].target | is for DETECTION_* alone
          {curves: {metrics: [{kind: TRAIN_LOSS, above: 1}]}, where: {level: '1'}} | curves.metrics[0].above | is for SHARE_* alone
          {curves: {metrics: [{kind: TRAIN_LOSS, with: {score: x}}]}, where: {level: '1'}} | curves.metrics[0].with | is for RANK_CORRELATION alone
          {curves: {metrics: [{kind: RANK_CORRELATION, measurement: errors, score: x}]}, where: {level: '1'}} | curves.metrics[0].with | must be the other score
          {curves: {metrics: [{kind: SHARE_OF_EXAMPLES, measurement: errors, score: x}]}, where: {level: '1'}} | curves.metrics[0] | must have above, below or both
          {curves: {metrics: [{kind: SHARE_OF_EXAMPLES, measurement: errors, score: x, above: 2, below: 1}]}, where: {level: '1'}} | curves.metrics[0].below | must be larger than above, 2, was 1
          {curves: {metrics: [{kind: SHARE_IN_EVERY_REPETITION, measurement: errors, score: x, above: 2}]}, where: {level: '1'}} | curves.metrics[0].kind | has no course over epochs
          {tradeoff: {x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}}, families: [{name: a, labels: [real]}]}} | tradeoff.y.where | must fix the axis level
          {tradeoff: {x: {metric: {kind: EPOCHS_TO_ACCURACY}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, families: []}} | tradeoff.x.metric.kind | may be censored
          {tradeoff: {x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, families: [{name: a, labels: [fake]}]}} | tradeoff.families[0].labels[0] | was ""fake""
          """)
  void check_panelThatCannotBeDrawn_isRefused(String panel, String path, String message) {
    assertRefused(panel, "", "panels[0]." + path, message.replace("\"\"", "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {claim: c} | | must have one of value, difference, trend, tradeoff, reversals
          {claim: c, value: {metric: {kind: TRAIN_LOSS}, label: real, along: {axis: level}}} | value.along.take | must be one of LARGEST
          {claim: c, value: {metric: {kind: TRAIN_LOSS}, label: real, along: {axis: level, labels: ['1'], take: LARGEST}}} | value.along.labels | must be several
          {claim: c, value: {series: level, metric: {kind: TRAIN_LOSS}, label: '1', along: {axis: data, take: EXPONENT}}} | value.along.axis | must have labels that end in a number
          {claim: c, value: {series: level, metric: {kind: TRAIN_LOSS}, label: '1', along: {axis: level, take: LARGEST}}} | value.along.axis | must be another axis
          {claim: c, value: {metric: {kind: EPOCHS_TO_ACCURACY, accuracy: 2}, label: real, where: {level: '1'}}} | value.metric.accuracy | must be in (0, 1], was 2
          {claim: c, reversals: {first: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, second: {metric: {kind: TRAIN_LOSS}, series: level, where: {data: real}}, labels: [real, randX]}} | reversals.second.series | must be the axis of the first term, data
          {claim: c, reversals: {first: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, second: {metric: {kind: TRAIN_LOSS}, where: {level: '2'}}, labels: [real]}} | reversals.labels | must be at least 2, were 1
          {claim: c, tradeoff: {x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, labels: [real], against: [randX], reference: real}} | tradeoff.compare | must be one of LOWEST_X, SLOPE
          {claim: c, tradeoff: {compare: SLOPE, slack: 0.1, x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, labels: [real], against: [randX], reference: real}} | tradeoff.slack | is for LOWEST_X alone
          """)
  void check_claimThatCannotBeJudged_isRefused(String claim, String path, String message) {
    assertRefused(PANEL, claim, "claims[0]" + (path == null ? "" : "." + path), message);
  }

  /** A sweep without axes has one cell, and nothing that a label could choose. */
  @Test
  void check_labelsOfASweepWithoutAxes_areRefused() {
    int axes = MEASURED.indexOf("  axes:");
    String bare =
        MEASURED.substring(0, axes) + MEASURED.substring(MEASURED.indexOf("  repetitions:"));
    String claims =
        """
          figures:
          - name: fig
            panels: [{curves: {metrics: [{kind: TRAIN_LOSS}]}}]
            claims:
            - {claim: a, value: {metric: {kind: TRAIN_LOSS}, label: real}, comparison: BELOW, threshold: 1}
            - {claim: b, difference: {minuend: {metric: {kind: TRAIN_LOSS}}, subtrahend: {metric: {kind: TRAIN_LOSS}}}}
        """;
    Sweep sweep = SweepFiles.parse(bare + claims, "bare.yaml");

    Refusal.expectPart(
        sweep, "spec.figures[0].claims[0].value.label", "names a label, but no axis is left");
    Refusal.expectPart(
        sweep,
        "spec.figures[0].claims[1].difference.subtrahend",
        "must be another term than the minuend");
  }

  @Test
  void check_panelsAndClaimsOfEveryKind_areAdmitted() {
    assertThatCode(
            () ->
                check(
                    """
                    {profile: {axis: level, labels: ['1', '3'], logX: true, terms: [{metric: {kind: EPOCHS_TO_ACCURACY}}]}},
                    {where: {data: real}, profile: {axis: level, terms: [{metric: {kind: TRAIN_LOSS}}]}},
                    {where: {data: real}, curves: {metrics: [{kind: TRAIN_LOSS}]}},
                    {classMatrix: {measurement: matrix}, labels: [real], where: {level: '1'}},
                    {filters: {measurement: layer}, labels: [real], where: {level: '1'}},
                    {tradeoff: {x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '2'}}, families: [{name: a, labels: [real, randX]}]}}
                    """
                        .replace("\n", " "),
                    """
                    {claim: c, value: {metric: {kind: TRAIN_LOSS}, label: real, along: {axis: level, take: SLOPE_PER_DOUBLING}}},
                    {claim: c, value: {metric: {kind: DISPERSION_WITHIN_CLASSES, measurement: errors}, label: real, where: {level: '1'}}},
                    {claim: c, tradeoff: {compare: LOWEST_X, slack: 0.1, x: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, y: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, labels: [real], against: [randX], reference: real}},
                    {claim: c, reversals: {first: {metric: {kind: TRAIN_LOSS}, where: {level: '1'}}, second: {metric: {kind: TRAIN_LOSS}, where: {level: '2'}}, labels: [real, randX]}}
                    """
                        .replace("\n", " ")))
        .doesNotThrowAnyException();
  }

  @Test
  void check_picturesByErrors_areAdmitted() {
    assertThatCode(
            () ->
                check(
                    "{examples: {score: {measurement: errors, score: error}, skip: 32},"
                        + " labels: [real], where: {level: '1'}}",
                    ""))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512, ''",
    "width 512, 512, 'width '",
    "labels 20 %, 20, 'labels '",
    "1e-3, 0.001, ''",
    "dropout 0.3, 0.3, 'dropout '"
  })
  void labelNumber_isTheOneAtTheEnd(String label, double number, String before) {
    assertThat(LabelNumber.of(label)).hasValue(number);
    assertThat(LabelNumber.before(label)).isEqualTo(before);
  }

  @Test
  void labelNumber_withoutNumber_isEmpty() {
    assertThat(LabelNumber.of("real")).isEmpty();
    assertThat(LabelNumber.before("real")).isEqualTo("real");
  }

  private static final String TERM =
      "{metric: {kind: TRAIN_ACCURACY}, label: real, where: {level: '1'}}";

  @Test
  void shouldTakeDivergenceAsTheWorstWhereThatHasAMeaning() {
    check(PANEL, "{claim: c, value: " + TERM + ", diverged: WORST}");
    assertRefused(
        PANEL,
        "{claim: c, reversals: {first: "
            + TERM
            + ", second: "
            + TERM
            + ", labels: [real]}, diverged: WORST}",
        "claims[0].diverged",
        "WORST is for value and difference");
    assertRefused(
        PANEL,
        "{claim: c, value: {metric: {kind: TRAIN_LOSS}, label: real, along: {axis: level, take:"
            + " LARGEST}}, diverged: WORST}",
        "claims[0].diverged",
        "without `along`");
  }

  @Test
  void shouldNotCountInTheIdThatDivergenceIsUndecided() {
    String written = id("diverged: UNDECIDED");
    assertThat(written).isEqualTo(id("threshold: 0.5"));
    assertThat(id("diverged: WORST")).isNotEqualTo(written);
  }

  private static String id(String field) {
    return Ids.sweepId(
            SweepFiles.parse(
                MEASURED
                    + "  figures:\n  - name: fig\n    panels: ["
                    + PANEL
                    + "]\n    claims: [{claim: c, threshold: 0.5, value: "
                    + TERM
                    + (field.startsWith("threshold") ? "" : ", " + field)
                    + "}]\n",
                "test.yaml"))
        .value();
  }

  /** Every example of the repository, and so every panel and metric of scores, is let in. */
  @Test
  void parseValid_everyExample_isSound() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "..", "k8s", "sweeps", "examples"))) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(examples).isNotEmpty();
      for (Path file : examples) {
        SweepFiles.parseValid(Files.readString(file), file.toString(), List.of());
      }
    }
  }
}
