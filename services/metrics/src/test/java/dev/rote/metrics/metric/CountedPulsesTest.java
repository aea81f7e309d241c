package dev.rote.metrics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedPulsesTest {
  private final List<Double> told = new ArrayList<>();

  private void checkpoint(CountedPulses pulses, int calls) {
    for (int call = 0; call < calls; call++) {
      pulses.run();
    }
    pulses.checkpointDone();
  }

  @Test
  void share_mostPulsesKnown_countsAgainstThem() {
    CountedPulses pulses = new CountedPulses(() -> {}, 2, 4, told::add);
    checkpoint(pulses, 4);
    checkpoint(pulses, 2);
    assertThat(told).containsExactly(0.0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.625, 1.0);
  }

  @Test
  void share_mostPulsesUnknown_countsAgainstTheCheckpointBefore() {
    CountedPulses pulses = new CountedPulses(() -> {}, 2, 0, told::add);
    checkpoint(pulses, 2);
    checkpoint(pulses, 3);
    assertThat(told).containsExactly(0.0, 0.0, 0.5, 0.5, 0.75, 1.0, 1.0);
  }
}
