package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.RepeatSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep may say of repeating until judged, and what its grid then is. */
class RepeatDoorTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: repeating}
      spec:
        trial: {dataset: {name: strokes}, model: {mlp: {hidden: [8]}}}
        axes:
        - name: data
          points:
          - label: real
          - label: randY
            set: {corruption: {labels: {rule: RANDOM}}}
          - label: randX
            set: {corruption: {inputs: {rule: GAUSSIAN}}}
        %s
        figures:
        - name: f
          panels:
          - curves: {metrics: [{kind: TRAIN_ACCURACY}]}
          claims:
          - claim: Real labels are fitted better.
            difference:
              minuend: {metric: {kind: TRAIN_ACCURACY}, label: real}
              subtrahend: {metric: {kind: TRAIN_ACCURACY}, label: randY}
          - claim: Noise is fitted.
            value: {metric: {kind: TRAIN_ACCURACY}, label: randX}
            threshold: 0.5
      """;

  private static Sweep sweep(String repetitions) {
    return SweepFiles.parse(SWEEP.formatted(repetitions), "repeating.yaml");
  }

  private static SweepSpec filled(String repetitions) {
    return SweepDefaults.fill(sweep(repetitions).getSpec());
  }

  @Test
  void defaults_areThoseOfTheContract() {
    SweepSpec spec = filled("repeat: {until: DECIDED}");
    RepeatSpec repeat = spec.getRepeat();
    assertThat(repeat.getLooksList()).containsExactly(3, 5, 8, 12, 20, 30, 60);
    assertThat(repeat.getAtLeast()).isEqualTo(3);
    assertThat(repeat.getAtMost()).isEqualTo(60);
    assertThat(repeat.getError()).isEqualTo(0.05);
    assertThat(repeat.getSpending()).isEqualTo(RepeatSpec.Spending.POCOCK);
    assertThat(repeat.getFutility()).isEqualTo(0.1);
    assertThat(repeat.getMany()).isEqualTo(RepeatSpec.Many.NONE);
    assertThat(spec.getRepetitions()).isEqualTo(60);
    assertThat(SweepDefaults.fill(spec)).isEqualTo(spec);
    assertThat(filled("repeat: {atLeast: 4, atMost: 10}").getRepeat().getLooksList())
        .containsExactly(4, 5, 8, 10);
    assertThat(filled("repeat: {looks: [2, 7]}").getRepeat().getAtMost()).isEqualTo(7);
  }

  @Test
  void filledSweep_isAdmittedAgain() {
    Sweep sweep = sweep("repeat: {atMost: 20}");
    Sweep again = sweep.toBuilder().setSpec(SweepDefaults.fill(sweep.getSpec())).build();
    assertThatCode(() -> SweepValidator.check(again)).doesNotThrowAnyException();
    assertThat(Ids.sweepId(again)).isEqualTo(Ids.sweepId(sweep));
    assertThat(Ids.sweepId(sweep)).isNotEqualTo(Ids.sweepId(sweep("repetitions: 20")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repetitions: 3, repeat: {atMost: 20}|cannot stand beside repetitions",
        "repeat: {atMost: 1}|repeat.atMost",
        "repeat: {atLeast: 9, atMost: 8}|repeat.atLeast",
        "repeat: {looks: [3, 3, 8]}|must ascend",
        "repeat: {atLeast: 3, looks: [5, 8]}|must begin with atLeast (3) and end with atMost (8)",
        "repeat: {error: 0.7}|repeat.error",
        "repeat: {futility: 1}|repeat.futility",
        "repeat: {futility: -0.1}|repeat.futility"
      })
  void mistakes_areRefusedWithTheField(String written, String said) {
    String yaml = written.replace("3, repeat", "3\n  repeat");
    assertThatThrownBy(() -> SweepValidator.check(sweep(yaml)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(said);
  }

  @Test
  void sweepWithoutClaims_decidesNothing() {
    Sweep.Builder sweep = sweep("repeat: {}").toBuilder();
    sweep.getSpecBuilder().getFiguresBuilder(0).clearClaims();
    assertThatThrownBy(() -> SweepValidator.check(sweep.build()))
        .hasMessageContaining("needs a claim to decide");
  }

  @Test
  void grid_isRepetitionByRepetition_ofTheTrialsOfAFixedSweep() {
    Grid repeated = Grid.of(filled("repeat: {atMost: 20}"));
    Grid fixed = Grid.of(filled("repetitions: 20"));
    assertThat(repeated.size()).isEqualTo(fixed.size()).isEqualTo(60);
    assertThat(repeated.cell(4).repetition()).isEqualTo(1);
    assertThat(repeated.cell(4).labels()).containsEntry("data", "randY");
    Map<String, Cell> trials = new HashMap<>();
    for (long i = 0; i < fixed.size(); i++) {
      trials.put(Ids.trialId(fixed.cell(i).trial()).value(), fixed.cell(i));
    }
    for (long i = 0; i < repeated.size(); i++) {
      Cell cell = repeated.cell(i);
      Cell same = trials.remove(Ids.trialId(cell.trial()).value());
      assertThat(same.labels()).isEqualTo(cell.labels());
      assertThat(same.repetition()).isEqualTo(cell.repetition());
      assertThat(repeated.labelsAt(repeated.point(i))).isEqualTo(cell.labels());
    }
    assertThat(trials).isEmpty();
  }

  @Test
  void claims_needTheirCellsAlone() {
    ClaimCells cells = new ClaimCells(filled("repeat: {}"));
    assertThat(cells.claims()).hasSize(2);
    assertThat(cells.needs(0, Map.of("data", "real"))).isTrue();
    assertThat(cells.needs(0, Map.of("data", "randY"))).isTrue();
    assertThat(cells.needs(0, Map.of("data", "randX"))).isFalse();
    assertThat(cells.needs(1, Map.of("data", "randX"))).isTrue();
    assertThat(cells.needs(1, Map.of("data", "real"))).isFalse();
  }
}
