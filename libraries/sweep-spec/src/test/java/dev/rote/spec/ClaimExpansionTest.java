package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Sweep;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims that are written once for each of something are the claims written out one by one. */
class ClaimExpansionTest {
  private static final String FIGURE =
      """
        figures:
        - name: fig
          panels: [{curves: {metrics: [{kind: TRAIN_LOSS}]}, where: {level: '1'}}]
          claims:
      """;

  static String sweep(String claims) {
    return SweepFilesTest.SWEEP + FIGURE + claims.stripTrailing().indent(4);
  }

  private static Sweep parse(String claims) {
    return SweepFiles.parseValid(sweep(claims), "tiny.yaml", List.of());
  }

  private static List<ClaimSpec> filled(String claims) {
    return SweepDefaults.fill(parse(claims).getSpec()).getFigures(0).getClaimsList();
  }

  private static void assertSame(String once, String writtenOut) {
    assertThat(filled(once)).isEqualTo(filled(writtenOut));
    assertThat(Ids.sweepId(parse(once))).isEqualTo(Ids.sweepId(parse(writtenOut)));
    assertThat(Ids.sameSweep(parse(once), parse(writtenOut))).isTrue();
  }

  private static String value(String sentence, String data, String level) {
    return "- {claim: '%s', value: {metric: {kind: TRAIN_LOSS}, label: %s, where: {level: '%s'}}}\n"
        .formatted(sentence, data, level);
  }

  @Test
  void fill_axes_makesAllCombinationsTheFirstSlowest() {
    assertSame(
        """
        - claim: Seed {level} fits {data}.
          forEach:
          - {axis: data, words: {randX: random inputs, real: real ones}}
          - {axis: level, labels: ['3', '1']}
          value: {metric: {kind: TRAIN_LOSS}, label: "{data}", where: {level: "{level}"}}
        """,
        value("Seed 3 fits real ones.", "real", "3")
            + value("Seed 1 fits real ones.", "real", "1")
            + value("Seed 3 fits random inputs.", "randX", "3")
            + value("Seed 1 fits random inputs.", "randX", "1"));
  }

  @Test
  void fill_axisWithoutLabels_takesAllOfThem() {
    assertSame(
        """
        - claim: Seed {n} fits.
          forEach: [{axis: level, name: n}]
          value: {metric: {kind: TRAIN_LOSS}, label: real, where: {level: "{n}"}}
        """,
        value("Seed 1 fits.", "real", "1")
            + value("Seed 2 fits.", "real", "2")
            + value("Seed 3 fits.", "real", "3"));
  }

  @Test
  void fill_inTurn_sharesTheFirstOfTheClaimBefore() {
    assertSame(
        """
        - claim: Seed {level} fits {data}.
          forEach: [{axis: level, labels: ['1', '2']}, {axis: data}]
          value: {metric: {kind: TRAIN_LOSS}, label: "{data}", where: {level: "{level}"}}
        - claim: Seed {level} fits it, too.
          inTurn: true
          value: {metric: {kind: TRAIN_LOSS}, label: real, where: {level: "{level}"}}
        - {claim: Alone., value: {metric: {kind: TRAIN_LOSS}, label: real, where: {level: '3'}}}
        """,
        value("Seed 1 fits real.", "real", "1")
            + value("Seed 1 fits randX.", "randX", "1")
            + value("Seed 1 fits it, too.", "real", "1")
            + value("Seed 2 fits real.", "real", "2")
            + value("Seed 2 fits randX.", "randX", "2")
            + value("Seed 2 fits it, too.", "real", "2")
            + value("Alone.", "real", "3"));
  }

  @Test
  void fill_families_fillLists() {
    String trend = "term: {metric: {kind: TRAIN_LOSS}, series: level, where: {data: real}}";
    assertSame(
        """
        - claim: It rises {order}.
          forEach:
          - name: order
            families: [{name: up, labels: ['1', '2', '3']}, {name: down, labels: ['3', '2', '1']}]
            words: {up: upwards}
          trend: {%s, labels: ["{order}"]}
        """
            .formatted(trend),
        """
        - {claim: It rises upwards., trend: {%s, labels: ['1', '2', '3']}}
        - {claim: It rises down., trend: {%s, labels: ['3', '2', '1']}}
        """
            .formatted(trend, trend));
  }

  @Test
  void fill_measurementsAndTexts_standInMetrics() {
    assertSame(
        """
        - claim: "{text} {measurement} {rest}, {a, b} and {} as they are."
          forEach: [{measurements: [errors]}, {texts: [re]}, {texts: [al], name: rest}]
          value:
            metric: {kind: DISPERSION, measurement: "{measurement}"}
            label: "{text}{rest}"
            where: {level: '1'}
        """,
        """
        - claim: "re errors al, {a, b} and {} as they are."
          value: {metric: {kind: DISPERSION, measurement: errors}, label: real, where: {level: '1'}}
        """);
  }

  @Test
  void fill_claimsWithoutForEach_stayAsTheyAre() {
    String claim = value("It says {level}.", "real", "1");
    assertThat(filled(claim)).isEqualTo(parse(claim).getSpec().getFigures(0).getClaimsList());
  }

  @Test
  void fill_again_changesNothing() {
    Sweep sweep = parse(level("{level}", "\"{level}\""));
    Sweep once = sweep.toBuilder().setSpec(SweepDefaults.fill(sweep.getSpec())).build();
    assertThat(ClaimExpansion.written(sweep.getSpec())).isEqualTo(1);
    assertThat(ClaimExpansion.written(once.getSpec())).isZero();
    assertThat(SweepDefaults.fill(once.getSpec())).isEqualTo(once.getSpec());
    SweepValidator.check(once);
  }

  private static String level(String inSentence, String inWhere) {
    return """
    - claim: Seed %s fits.
      forEach: [{axis: level}]
      value: {metric: {kind: TRAIN_LOSS}, label: real, where: {level: %s}}
    """
        .formatted(inSentence, inWhere);
  }

  private static SpecException refused(String claims) {
    return catchThrowableOfType(SpecException.class, () -> parse(claims));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {axis: levl} | forEach[0].axis | must name an axis, was "levl": there are [data, level]
          {axis: level, labels: ['4']} | forEach[0].labels[0] | must be a label of the axis level, was "4": there are [1, 2, 3]
          {measurements: [error]} | forEach[0].measurements[0] | must name a measurement, was "error": there are [errors]
          {labels: ['1']} | forEach[0] | must have exactly one of axis, measurements, families, texts, had 0
          {axis: level, texts: [a]} | forEach[0] | must have exactly one of axis, measurements, families, texts, had 2
          {texts: [a], labels: ['1']} | forEach[0].labels | needs the axis beside it
          {axis: level, name: 1st} | forEach[0].name | must be 1 to 31 letters, digits and hyphens
          {texts: ['1', '1'], name: level} | forEach[0] | names "1" twice
          {axis: level, words: {'4': four}} | forEach[0].words | was of "4"
          {axis: level, name: seed} | value.where.level | has {level}, which forEach does not name
          {texts: ['1', '9'], name: level} | value.where.level | must be a label of the axis level, was "9": there are [1, 2, 3] (for level = 9)
          {families: [{name: a, labels: ['1']}], name: level} | value.where.level | cannot be {level}: a family of labels is for an item of a list alone
          {axis: level}, {texts: [a]} | claim | must say {text}, or the verdicts could not be told apart
          {axis: level}, {axis: level} | forEach[1].name | must be unique in a claim, was "level" again
          """)
  void parseValid_wrongForEach_isRefusedWhereItIsWritten(
      String forEach, String path, String message) {
    SpecException refused =
        refused(level("{level}", "\"{level}\"").replace("{axis: level}", forEach));
    assertThat(refused.violations())
        .anySatisfy(
            violation -> {
              assertThat(violation.path()).isEqualTo(join("spec.figures[0].claims[0]", path));
              assertThat(violation.message()).contains(message);
              assertThat(violation.place()).startsWith("tiny.yaml:");
            });
  }

  private static String join(String claim, String path) {
    return claim + "." + path;
  }

  @Test
  void parseValid_placeholderInTheSentenceAlone_isRefused() {
    assertThat(refused(level("{level}", "'1'")).violations())
        .anySatisfy(
            violation ->
                assertThat(violation.message()).contains("must use {level} in what is judged"));
  }

  @Test
  void parseValid_inTurnWithNothing_isRefused() {
    String alone = value("It fits.", "real", "1");
    String turn = level("{level}", "\"{level}\"").replace("  forEach", "  inTurn: true\n  forEach");
    assertThat(refused(turn).violations().get(0).message()).contains("needs a claim before it");
    assertThat(refused(alone + turn).violations().get(0).message())
        .contains("needs forEach in claims[0]");
  }

  @Test
  void parseValid_wrongClaimAfterMany_isNamedByTheLineItIsWrittenOn() {
    String claims = level("{level}", "\"{level}\"") + value("It fits.", "fake", "1");
    SpecException refused = refused(claims);
    assertThat(refused.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path()).isEqualTo("spec.figures[0].claims[1].value.label");
              List<String> lines = sweep(claims).lines().toList();
              int line = lines.indexOf("    " + value("It fits.", "fake", "1").strip()) + 1;
              assertThat(violation.place()).startsWith("tiny.yaml:" + line + ":");
            });
  }

  @Test
  void parseValid_moreClaimsThanAFigureHas_isRefused() {
    String texts = IntStream.range(0, 22).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
    String claims =
        """
        - claim: Seed {level} {text}.
          forEach: [{axis: level}, {texts: [%s]}]
          value: {metric: {kind: TRAIN_LOSS}, label: "{text}", where: {level: "{level}"}}
        """
            .formatted(texts);
    assertThat(refused(claims).violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path()).isEqualTo("spec.figures[0].claims[0].forEach");
              assertThat(violation.message()).contains("makes more than 64 claims of a figure");
            });
  }

  @Test
  void parseValid_textThatGrowsTooLong_isRefused() {
    String claims =
        level("{level}".repeat(150), "\"{level}\"")
            .replace("{axis: level}", "{axis: level, words: {'1': a long word of some kind}}");
    assertThat(refused(claims).violations().get(0).message())
        .contains("must have at most 2000 characters, had ");
  }

  @Test
  void fill_unsoundForEach_leavesTheFigureAlone() {
    Sweep wrong =
        SweepFiles.parse(
            sweep(level("{level}", "\"{level}\"").replace("{axis: level}", "{axis: no}")), "t");
    assertThat(SweepDefaults.fill(wrong.getSpec()).getFiguresList())
        .isEqualTo(wrong.getSpec().getFiguresList());
  }
}
