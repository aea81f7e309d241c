package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final Sweep SWEEP = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml");

  @Test
  void cell_everyIndex_walksRepetitionsFastestThenLastAxis() {
    Grid grid = Grid.of(SWEEP.getSpec());
    assertThat(grid.size()).isEqualTo(2 * 3 * 2);
    assertThat(grid.cell(0).labels()).isEqualTo(Map.of("data", "real", "level", "1"));
    assertThat(grid.cell(1).repetition()).isEqualTo(1);
    assertThat(grid.cell(2).labels()).isEqualTo(Map.of("data", "real", "level", "2"));
    Cell last = grid.cell(11);
    assertThat(last.labels()).isEqualTo(Map.of("data", "randX", "level", "3"));
    assertThat(last.trial().getSeed()).isEqualTo(4);
    assertThat(last.trial().getCorruption().getInputs().getRule())
        .isEqualTo(InputCorruption.Rule.GAUSSIAN);
    assertThatThrownBy(() -> grid.cell(12)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void cell_differentCells_haveDifferentTrialIds() {
    Grid grid = Grid.of(SWEEP.getSpec());
    Set<String> ids = new HashSet<>();
    for (long i = 0; i < grid.size(); i++) {
      ids.add(Ids.trialId(grid.cell(i).trial()).value());
    }
    /* Seeds 1+0, 1+1, 2+0, … overlap: four different seeds on each of two variants. */
    assertThat(ids).hasSize(8);
  }

  @Test
  void cell_redrawCorruption_changesTheVariantOfEachRepetition() {
    Grid fixed = Grid.of(SWEEP.getSpec());
    Grid redrawn = Grid.of(SWEEP.getSpec().toBuilder().setRedrawCorruption(true).build());
    assertThat(Ids.variantId(Variants.of(fixed.cell(6).trial())).value())
        .isEqualTo(Ids.variantId(Variants.of(fixed.cell(7).trial())).value());
    assertThat(Ids.variantId(Variants.of(redrawn.cell(6).trial())).value())
        .isNotEqualTo(Ids.variantId(Variants.of(redrawn.cell(7).trial())).value());
  }

  @Test
  void size_hugeGrid_costsNothing() {
    SweepSpec.Builder spec = SWEEP.getSpec().toBuilder().setRepetitions(10_000);
    assertThat(Grid.of(spec.build()).size()).isEqualTo(60_000);
    assertThat(Grid.of(spec.build()).cell(59_999).repetition()).isEqualTo(9_999);
  }

  @Test
  void ids_levelZero_isTheRealTrial() {
    TrialSpec real = Grid.of(SWEEP.getSpec()).cell(0).trial();
    TrialSpec none =
        real.toBuilder()
            .setCorruption(
                CorruptionSpec.newBuilder()
                    .setSeed(9)
                    .setInputs(
                        InputCorruption.newBuilder()
                            .setRule(InputCorruption.Rule.UNIFORM)
                            .setLevel(0)))
            .build();
    assertThat(Ids.trialId(none).value()).isEqualTo(Ids.trialId(real).value());
  }

  @Test
  void ids_defaultsWrittenOrNot_areTheSame() {
    TrialSpec trial = SWEEP.getSpec().getTrial();
    assertThat(Ids.trialId(SweepDefaults.fill(trial)).value())
        .isEqualTo(Ids.trialId(trial).value());
    assertThat(SweepDefaults.fill(SweepDefaults.fill(trial))).isEqualTo(SweepDefaults.fill(trial));
    MeasurementSpec measurement = SWEEP.getSpec().getMeasurements(0);
    assertThat(
            Ids.measurementId(new TrialId("t"), measurement.toBuilder().setName("other").build())
                .value())
        .isEqualTo(Ids.measurementId(new TrialId("t"), measurement).value());
  }

  @Test
  void ids_parallelismAndBudget_doNotCountForTheSweep() {
    Sweep.Builder other = SWEEP.toBuilder();
    other.getSpecBuilder().setParallelism(3).getFailureBudgetBuilder().setFailedTrials(2);
    assertThat(Ids.sweepId(other.build()).value())
        .isEqualTo(Ids.sweepId(SWEEP).value())
        .matches("tiny-[0-9a-f]{16}");
    assertThat(Ids.sameSweep(other.build(), SWEEP)).isTrue();
    other.getSpecBuilder().setRepetitions(5);
    assertThat(Ids.sweepId(other.build()).value()).isNotEqualTo(Ids.sweepId(SWEEP).value());
    assertThat(Ids.sameSweep(other.build(), SWEEP)).isFalse();
  }

  @Test
  void ids_shortOnesOfSweeps_areTheBeginningOfLongOnes() {
    SweepId id = Ids.sweepId(SWEEP);
    SweepId before = new SweepId(id.value().substring(0, "tiny-".length() + 8));
    assertThat(id.shortened()).contains(before);
    assertThat(before.isShort()).isTrue();
    assertThat(Ids.isIdOf(before, SWEEP)).isTrue();
    assertThat(Ids.isIdOf(id, SWEEP)).isTrue();
    assertThat(Ids.isIdOf(new SweepId("tiny-00000000"), SWEEP)).isFalse();
    for (String none :
        List.of("tiny", "-01234567", "tiny-0123456g", before.value(), "a-" + before)) {
      assertThat(new SweepId(none).shortened()).as(none).isEmpty();
    }
    assertThat(id.isShort()).isFalse();
    assertThat(new SweepId("tiny-0123456G").isShort()).isFalse();
    assertThatThrownBy(() -> new SweepId("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ids_ofOtherVersions_areOthers() {
    TrialSpec trial = Grid.of(SWEEP.getSpec()).cell(0).trial();
    Versions raised = new Versions("1", "9", "4");
    assertThat(Ids.trialId(Versions.CURRENT, trial).value()).isEqualTo(Ids.trialId(trial).value());
    assertThat(Ids.trialId(Versions.parse(""), trial).value())
        .isEqualTo(Ids.trialId(new Versions("1", "2", "3"), trial).value())
        .isNotEqualTo(Ids.trialId(trial).value());
    assertThat(Ids.trialId(raised, trial).value()).isNotEqualTo(Ids.trialId(trial).value());
    assertThat(Ids.variantId(raised, Variants.of(trial)).value())
        .isEqualTo(Ids.variantId(Variants.of(trial)).value());
    assertThat(Versions.parse(raised.toString())).isEqualTo(raised);
    assertThatThrownBy(() -> Versions.parse("1/2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1/2'");
  }

  /** Ids name stored results: a change of these needs a new semantic version. */
  @Test
  void ids_golden() {
    TrialSpec trial = Grid.of(SWEEP.getSpec()).cell(0).trial();
    assertThat(Ids.trialId(trial).value()).isEqualTo("b0b7b5637cdb3f7a54b1503711be5c1b");
    assertThat(Ids.trialId(Versions.FORMER, trial).value())
        .isEqualTo("57440f690ab37275c706583733c6629a");
    assertThat(Ids.variantId(Variants.of(trial)).value())
        .isEqualTo("e5df36bd4725bc9ef084ba5acc425121");
    assertThat(Ids.sweepId(Versions.FORMER, SWEEP).value()).startsWith("tiny-6ac1ffcd");
  }
}
