package dev.rote.sweeps.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSummary.State;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GridMapTest {
  private static Sweep sweep(int repetitions) {
    return SweepFiles.parse(
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: map}
        spec:
          trial: {dataset: {name: strokes}}
          axes:
          - {name: rate, field: optimizer.learningRate, values: [0.1, 0.2]}
          repetitions: %d
        """
            .formatted(repetitions),
        "test");
  }

  private static byte[] states(int count, State state) {
    byte[] states = new byte[count];
    Arrays.fill(states, (byte) state.getNumber());
    return states;
  }

  @Test
  void of_smallGrid_hasARowForEachPointAndASquareForEachRepetition() {
    byte[] states = states(6, State.DONE);
    states[4] = (byte) State.FAILED.getNumber();
    GridMap map = GridMap.of(sweep(3), states);
    assertThat(map.axes()).isEqualTo("rate");
    assertThat(map.span()).isEqualTo(1);
    assertThat(map.rows()).extracting(GridMap.Row::label).containsExactly("0.1", "0.2");
    assertThat(map.rows()).allSatisfy(row -> assertThat(row.squares()).hasSize(3));
    assertThat(map.rows().get(1).squares().get(1))
        .isEqualTo(new GridMap.Square("/trials/4", "failed", "✕", "trial 4, repetition 1: failed"));
    assertThat(map.legend())
        .extracting(GridMap.Share::words)
        .containsExactlyInAnyOrder("5 done", "1 failed");
  }

  @Test
  void of_largeGrid_showsAFailureAmongManyInItsBlock() {
    byte[] states = states(20_000, State.DONE);
    states[19_999] = (byte) State.FAILED.getNumber();
    GridMap map = GridMap.of(sweep(10_000), states);
    assertThat(map.span()).isEqualTo(14);
    assertThat(map.rows().stream().mapToInt(row -> row.squares().size()).sum()).isEqualTo(1429);
    GridMap.Row last = map.rows().get(map.rows().size() - 1);
    assertThat(last.squares().get(last.squares().size() - 1))
        .isEqualTo(
            new GridMap.Square(
                "/trials?from=19992", "failed", "✕", "trials 19992 to 19999: 7 done, 1 failed"));
  }
}
