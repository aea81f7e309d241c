package dev.rote.sweeps.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.SweepFiles;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.sweeps.workflow.SweepPlan.Amount;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridPlanTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: repeating}
      spec:
        trial:
          dataset: {name: strokes}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 7}
        axes:
        - name: data
          points:
          - label: real
          - label: randY
            set: {corruption: {labels: {rule: RANDOM}}, training: {epochs: 20}}
          - label: randX
            set: {corruption: {inputs: {rule: GAUSSIAN}}}
        repeat: {looks: [3, 5, 9]}
        figures:
        - name: f
          claims:
          - claim: Real labels are fitted better.
            difference:
              minuend: {metric: {kind: TRAIN_ACCURACY}, label: real}
              subtrahend: {metric: {kind: TRAIN_ACCURACY}, label: randY}
          - claim: Noise is fitted.
            value: {metric: {kind: TRAIN_ACCURACY}, label: randX}
            threshold: 0.5
      """;

  private static SweepPlan plan() {
    return GridPlan.of(SweepFiles.parse(SWEEP, "repeating.yaml"), Versions.CURRENT);
  }

  @Test
  void blocks_areOfTheCellsThatOpenClaimsNeed() {
    SweepPlan plan = plan();
    assertThat(plan.looks()).containsExactly(3, 5, 9);
    assertThat(plan.points()).isEqualTo(3);
    assertThat(plan.amount(0, List.of())).isEqualTo(new Amount(9, 3 * (7 + 20 + 7)));
    assertThat(plan.amount(1, List.of(0, 0))).isEqualTo(new Amount(6, 2 * (7 + 20 + 7)));
    assertThat(plan.amount(1, List.of(1, 0))).isEqualTo(new Amount(2, 2 * 7));
    assertThat(plan.amount(2, List.of(1, 2))).isEqualTo(new Amount(0, 0));
    assertThat(plan.amount(2, List.of(0, 1))).isEqualTo(new Amount(8, 4 * (7 + 20)));
  }

  @Test
  void needs_ofABlock_areThoseOfTheClaimsOpenBeforeIt_whateverIsClosedLater() {
    SweepPlan plan = plan();
    List<Integer> closed = List.of(1, 2);
    assertThat(plan.isNeeded(0, closed)).isTrue();
    assertThat(plan.isNeeded(9, closed)).isFalse();
    assertThat(plan.isNeeded(10, closed)).isFalse();
    assertThat(plan.isNeeded(11, closed)).isTrue();
    assertThat(plan.isNeeded(15, closed)).isFalse();
    assertThat(plan.isNeeded(17, closed)).isFalse();
  }

  @Test
  void epochs_ofAllBlocks_areThoseOfTheGrid() {
    SweepPlan plan = plan();
    long sum = 0;
    for (int block = 0; block < 3; block++) {
      sum += plan.amount(block, List.of()).epochs();
    }
    assertThat(sum).isEqualTo(plan.epochs());
  }
}
