package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rote.v1.InputCorruption;
import dev.rote.v1.Sweep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFilesTest {
  static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata:
        name: tiny
      spec:
        trial:
          dataset: {name: strokes, trainSize: 200, validationSize: 100}
          model: {mlp: {hidden: [16]}}
          optimizer: {learningRate: 1e-1}
          training: {epochs: 2, batchSize: 32}
        axes:
        - name: data
          points:
          - label: real
          - label: randX
            set: {corruption: {inputs: {rule: GAUSSIAN}}}
        - name: level
          field: seed
          values: [1, 2, 3]
        repetitions: 2
        measurements:
        - name: errors
          exampleErrors: {}
          epochs: [1]
      """;

  @ParameterizedTest
  @CsvSource({
    "variant.dataset.trainSize, t:7:30",
    "variant.corruption.inputs.rule, t:16:35",
    "variant.corruption.labels, ''",
    "spec.trial.corruption.inputs.rule, t:16:35",
    "spec.trial.dataset.pooling, t:7:5",
    "spec.measurements[0].exampleErrors, t:23:5",
    "'', t:1:1"
  })
  void placed_whatAServiceFound_isWhereItIsWritten(String path, String place) {
    assertThat(SweepFiles.placed(SWEEP, "t", List.of(new Violation(path, "is wrong"))))
        .containsExactly(new Violation(path, "is wrong", place));
  }

  @Test
  void placed_aFieldOfVariantsThatIsWrittenTwice_isAtNeither() {
    String twice = SWEEP.replace("label: real", "{label: real, set: {dataset: {trainSize: 9}}}");
    Violation violation = new Violation("variant.dataset.trainSize", "is wrong");
    assertThat(SweepFiles.placed(twice, "t", List.of(violation))).containsExactly(violation);
  }

  @Test
  void parse_yaml_bindsEveryField() {
    Sweep sweep = SweepFiles.parse(SWEEP, "tiny.yaml");
    assertThat(sweep.getMetadata().getName()).isEqualTo("tiny");
    assertThat(sweep.getSpec().getTrial().getOptimizer().getLearningRate()).isEqualTo(0.1);
    assertThat(sweep.getSpec().getTrial().getModel().getMlp().getHiddenList()).containsExactly(16);
    assertThat(
            sweep.getSpec().getAxes(0).getPoints(1).getSet().getCorruption().getInputs().getRule())
        .isEqualTo(InputCorruption.Rule.GAUSSIAN);
    assertThat(sweep.getSpec().getMeasurements(0).hasExampleErrors()).isTrue();
  }

  @Test
  void toYamlAndToJson_parsedAgain_areTheSame() {
    Sweep sweep = SweepFiles.parse(SWEEP, "tiny.yaml");
    assertThat(SweepFiles.parse(SweepFiles.toYaml(sweep), "again")).isEqualTo(sweep);
    assertThat(SweepFiles.parse(SweepFiles.toJson(sweep), "again")).isEqualTo(sweep);
  }

  /** Each line replaces one line of the sweep; the violation must name path, value and bound. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          repetitions: 2 | repetitons: 2 | spec.repetitons | did you mean repetitions?
          repetitions: 2 | repetitions: two | spec.repetitions | must be a whole number from 0 to 4294967295, was "two"
          repetitions: 2 | repetitions: -1 | spec.repetitions | must be a whole number from 0 to 4294967295, was -1
          repetitions: 2 | repetitions: 1.5 | spec.repetitions | was 1.5
          rule: GAUSSIAN | rule: GAUSS | spec.axes[0].points[1].set.corruption.inputs.rule | must be one of GAUSSIAN, UNIFORM, SHUFFLE_SHARED, SHUFFLE_EACH, OPEN_SET, was "GAUSS"
          rule: GAUSSIAN | rule: UNSPECIFIED | spec.axes[0].points[1].set.corruption.inputs.rule | must be one of GAUSSIAN
          hidden: [16] | hidden: 16 | spec.trial.model.mlp.hidden | must be a list, was 16
          name: tiny | name: 7 | metadata.name | must be text
          model: {mlp: {hidden: [16]}} | model: {mlp: {}, cnn: {}} | spec.trial.model.cnn | cannot stand beside mlp
          """)
  void parse_wrongFieldOrType_namesPathValueAndBound(
      String line, String wrong, String path, String message) {
    assertThat(SWEEP).contains(line);
    assertThatThrownBy(() -> SweepFiles.parse(SWEEP.replace(line, wrong), "tiny.yaml"))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused -> {
              assertThat(refused.violations()).hasSize(1);
              assertThat(refused.violations().get(0).path()).isEqualTo(path);
              assertThat(refused.violations().get(0).message()).contains(message);
            });
  }

  @Test
  void parse_severalMistakes_areAllReported() {
    String wrong = SWEEP.replace("repetitions: 2", "repetitions: x").replace("[16]", "[a]");
    assertThatThrownBy(() -> SweepFiles.parse(wrong, "tiny.yaml"))
        .asInstanceOf(type(SpecException.class))
        .extracting(refused -> refused.violations().size())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "{" | neither YAML nor JSON
          "--- {}\\n--- {}" | exactly one document
          "a: &x 1\\nb: *x" | anchors and aliases are not accepted
          "a: 1\\na: 2" | written twice
          "[1]" | must be a mapping
          """)
  void parse_malformedDocument_isRefused(String text, String message) {
    String unescaped = text.replace("\"", "").replace("\\n", "\n");
    assertThatThrownBy(() -> SweepFiles.parse(unescaped, "bad.yaml"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parse_aBillionLaughs_isRefusedQuickly() {
    String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n";
    assertThatThrownBy(() -> SweepFiles.parse(bomb, "bomb.yaml")).isInstanceOf(SpecException.class);
    String deep = "[".repeat(10_000);
    assertThatThrownBy(() -> SweepFiles.parse(deep, "deep.json")).isInstanceOf(SpecException.class);
  }

  private static Sweep changed(String... changes) {
    return SweepFiles.parse(SWEEP, "tiny.yaml", List.of(changes));
  }

  /** Each line is a change and what it replaces in the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spec.repetitions=7 | repetitions: 2 | repetitions: 7
          spec.trial.model.mlp.hidden=[8, 8] | hidden: [16] | hidden: [8, 8]
          spec.trial.model.mlp.hidden[0]=9 | hidden: [16] | hidden: [9]
          spec.trial.model={cnn: {filters: [4, 4]}} | {mlp: {hidden: [16]}} | {cnn: {filters: [4, 4]}}
          spec.axes[1].values=[5] | values: [1, 2, 3] | values: [5]
          spec.axes[1].values[2]=7 | values: [1, 2, 3] | values: [1, 2, 7]
          spec.axes[0].points[1].set.corruption.inputs.level=0.5 | {rule: GAUSSIAN} | {rule: GAUSSIAN, level: 0.5}
          spec.trial.dataset.train_size=50 | trainSize: 200 | trainSize: 50
          spec.trial.regularization.dropout=0.5 | {learningRate: 1e-1} | {learningRate: 1e-1}\\n    regularization: {dropout: 0.5}
          spec.trial.optimizer.learningRate=null | {learningRate: 1e-1} | {}
          metadata.name='7' | name: tiny | name: '7'
          spec.description=a = b | spec: | spec:\\n  description: a = b
          """)
  void parse_change_isAsIfWrittenThere(String change, String line, String changed) {
    assertThat(SWEEP).contains(line);
    String written = SWEEP.replace(line, changed.replace("\\n", "\n"));
    assertThat(changed(change)).isEqualTo(SweepFiles.parse(written, "tiny.yaml"));
  }

  @Test
  void parse_changesOfOneField_areMadeInOrder() {
    Sweep sweep =
        changed(
            "spec.figures=[{name: f, panels: [{where: {level: a}}]}]",
            "spec.figures[0].panels[0].where.level=b",
            "spec.figures[0].panels[0].where.data=real");
    assertThat(sweep.getSpec().getFigures(0).getPanels(0).getWhereMap())
        .isEqualTo(Map.of("level", "b", "data", "real"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spec.repetitons=2 | spec.repetitons | did you mean repetitions? (in spec.repetitons=2)
          spec.repetitions=two | spec.repetitions | was "two" (in spec.repetitions=two)
          spec.repetitions.x=2 | spec.repetitions | holds a single value
          spec.repetitions[0]=2 | spec.repetitions[0] | is no list
          spec.axes.values=[1] | spec.axes | is a list: say which one of it, such as axes[0]
          spec.axes[2].values=[1] | spec.axes[2] | there are 2 of these, the last one is [1]
          spec.figures[0].title=x | spec.figures[0] | there is none of these
          spec.axes[1].values[0].x=1 | spec.axes[1].values[0] | holds a single value
          spec.trial.model.cnn.kernel=3 | spec.trial.model.cnn | cannot stand beside mlp
          spec.trial.dataset={nam: mnist} | spec.trial.dataset.nam | did you mean name? (in spec.trial
          spec..trial=1 | spec..trial | fields joined by dots
          spec.axes[x]=1 | spec.axes[x] | fields joined by dots
          spec.repetitions | | must be PATH=VALUE
          spec.repetitions= | | must be PATH=VALUE
          =2 | | must be PATH=VALUE
          spec.repetitions=[1 | | the value of spec.repetitions is neither YAML nor JSON
          """)
  void parse_wrongChange_isRefused(String change, @Nullable String path, String message) {
    assertThatThrownBy(() -> changed(change))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused -> {
              assertThat(refused.violations()).hasSize(1);
              assertThat(refused.violations().get(0).path()).isEqualTo(path == null ? "" : path);
              assertThat(refused.violations().get(0).message()).contains(message);
            });
  }
}
