package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.v1.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps as text: which parser reads what, and where it says that something is wrong. */
class DocumentReadingTest {
  static final String JSON =
      """
      {
      \t"apiVersion": "rote.dev\\/v1",
      \t"kind": "Sweep",
      \t"metadata": {"name": "tabs"},
      \t"spec": {
      \t\t"description": "a \\ud83d\\ude00 b \\/",
      \t\t"trial": {
      \t\t\t"dataset": {"name": "strokes", "trainSize": 200, "validationSize": 100},
      \t\t\t"model": {"mlp": {"hidden": [8]}}
      \t\t}
      \t}
      }
      """;

  private static SpecException refused(String text, String source) {
    return catchThrowableOfType(
        SpecException.class, () -> SweepFiles.parseValid(text, source, List.of()));
  }

  @Test
  void parse_jsonWithTabsAndEscapes_isReadByJsonsRules() {
    Sweep sweep = SweepFiles.parseValid(JSON, "tabs.json", List.of());
    assertThat(sweep.getApiVersion()).isEqualTo("rote.dev/v1");
    assertThat(sweep.getSpec().getDescription()).isEqualTo("a \ud83d\ude00 b /");
    assertThat(SweepFiles.parse("\ufeff" + JSON, "tabs.json")).isEqualTo(sweep);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"apiVersion\": rote.dev/v1}",
        "{\"apiVersion\": \"rote.dev/v1\", }",
        "{apiVersion: rote.dev/v1}",
        "{\n  # of YAML\n  \"apiVersion\": 'rote.dev/v1'}"
      })
  void parse_yamlThatBeginsLikeJson_isRead(String text) {
    assertThat(SweepFiles.parse(text, "flow.yaml").getApiVersion()).isEqualTo("rote.dev/v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name": "tabs"} | "name": "tabs" "x": 1} | tabs.json:4:30 | neither YAML nor JSON
          "trainSize": 200 | "trainSize": 200, "trainSize": 20 | tabs.json:8:53 | the key trainSize is written twice, first (tabs.json:8:35)
          "trainSize": 200 | "trainSize": 200, "train_size": 20 | tabs.json:8:53 | is the same field as trainSize (tabs.json:8:35): write it once
          "trainSize": 200 | "trainSize": "200" | tabs.json:8:48 | must be a whole number from 0 to 4294967295, was "200"
          "trainSize": 200 | "trainsize": 200 | tabs.json:8:35 | did you mean trainSize?
          "trainSize": 200 | "trainSize": 0200 | tabs.json:8:49 | neither YAML nor JSON
          "trainSize": 200 | "trainSize": 0 | tabs.json:8:35 | must be in [1, 100000000], was 0
          "hidden": [8] | "hidden": [8, 0] | tabs.json:9:36 | must be in [1, 65536], was 0
          """)
  void parseValid_wrongJson_namesLineAndColumn(
      String line, String wrong, String place, String message) {
    assertThat(JSON).contains(line);
    SpecException refused = refused(JSON.replace(line, wrong), "tabs.json");
    assertThat(refused.violations()).hasSize(1);
    assertThat(refused.violations().get(0).place()).isEqualTo(place);
    assertThat(refused).hasMessageContaining(message);
  }

  @Test
  void parse_jsonWithMoreBehind_isRefused() {
    assertThatThrownBy(() -> SweepFiles.parse(JSON + "{}", "two.json"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("two.json:13:1 two.json must end after one value of JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          repetitions: 2 | repetitons: 2 | tiny.yaml:20:3 spec.repetitons: there is no such field
          repetitions: 2 | repetitions: two | tiny.yaml:20:16 spec.repetitions: must be a whole number
          repetitions: 2 | repetitions: 0 | tiny.yaml:20:3 spec.repetitions: must be in [1, 10000], was 0
          learningRate: 1e-1 | learning_rate: 0 | tiny.yaml:9:17 spec.trial.optimizer.learningRate: must be finite and above 0
          epochs: [1] | epochs: [3] | tiny.yaml:24:14 spec.measurements[0].epochs[0]: must be an epoch
          model: {mlp: {hidden: [16]}} | model: {} | tiny.yaml:8:5 spec.trial.model: must have mlp, cnn
          trainSize: 200 | trainSize: 0200 | tiny.yaml:7:41 spec.trial.dataset.trainSize: must be written without the leading 0, which some read as octal: 200, was 0200
          trainSize: 200 | trainSize: !!str 3 | tiny.yaml:7:41 tags such as !!str are not accepted
          trainSize: 200 | trainSize: &a 3 | tiny.yaml:7:41 anchors and aliases are not accepted
          trainSize: 200 | trainSize: 2, train_size: 3 | tiny.yaml:7:44 spec.trial.dataset.train_size: is the same field as trainSize (tiny.yaml:7:30)
          trainSize: 200 | trainSize: 200, trainSize: 3 | tiny.yaml:7:46 the key trainSize is written twice, first (tiny.yaml:7:30)
          trainSize: 200 | trainSize: 200] | tiny.yaml:7:44 tiny.yaml is neither YAML nor JSON
          """)
  void parseValid_wrongYaml_namesLineAndColumn(String line, String wrong, String message) {
    assertThat(SweepFilesTest.SWEEP).contains(line);
    SpecException refused = refused(SweepFilesTest.SWEEP.replace(line, wrong), "tiny.yaml");
    assertThat(refused).hasMessageStartingWith(message);
  }

  @Test
  void parseValid_changedField_namesTheChange() {
    SpecException refused =
        catchThrowableOfType(
            SpecException.class,
            () ->
                SweepFiles.parseValid(
                    SweepFilesTest.SWEEP, "tiny.yaml", List.of("spec.repetitions=x")));
    assertThat(refused)
        .hasMessage(
            "spec.repetitions: must be a whole number from 0 to 4294967295, was \"x\""
                + " (in spec.repetitions=x)");
  }

  @Test
  void parse_controlCharacter_saysWhichAndWhere() {
    assertThat(refused("a: b\nc: x\u0092y", "c.yaml"))
        .hasMessageContaining("c.yaml:2:5 c.yaml is neither YAML nor JSON: the character U+0092");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{a: ", "- "})
  void parse_tooDeep_isRefusedBeforeItIsBuilt(String open) {
    assertThatThrownBy(() -> SweepFiles.parse(open.repeat(100_000), "deep"))
        .isInstanceOf(SpecException.class);
  }

  @Test
  void parse_tooMuch_isRefused() {
    assertThat(refused("a: [" + "{},".repeat(TreeBuilder.MOST_VALUES) + "]", "much.yaml"))
        .hasMessageContaining("must hold at most 250000 values");
    assertThat(refused("x".repeat(3_000_001), "long.yaml"))
        .hasMessageContaining("must have at most 3000000 characters, had 3000001");
  }
}
