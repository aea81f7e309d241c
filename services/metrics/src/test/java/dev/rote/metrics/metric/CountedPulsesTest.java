package dev.rote.metrics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedPulsesTest {
  private final List<Double> told = new ArrayList<>();

  private static void checkpoint(CountedPulses pulses, int calls) {
    for (int call = 0; call < calls; call++) {
      pulses.run();
    }
    pulses.partDone();
  }

  @Test
  void share_mostPulsesTold_countsAgainstThem() {
    CountedPulses pulses = new CountedPulses(() -> {}, 2, told::add);
    for (int calls : new int[] {4, 2}) {
      pulses.run();
      CountedPulses.expect(pulses, 4);
      checkpoint(pulses, calls);
    }
    assertThat(told).containsExactly(0.0, 0.0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.5, 0.625, 1.0);
  }

  @Test
  void share_mostPulsesUnknown_countsAgainstThePartBefore() {
    CountedPulses pulses = new CountedPulses(() -> {}, 2, told::add);
    checkpoint(pulses, 2);
    checkpoint(pulses, 3);
    assertThat(told).containsExactly(0.0, 0.0, 0.5, 0.5, 0.75, 1.0, 1.0);
  }

  @Test
  void share_checkpointsTogether_areOnePart() {
    CountedPulses pulses = new CountedPulses(() -> {}, 3, told::add);
    CountedPulses.together(pulses);
    CountedPulses.expect(pulses, 4);
    for (int call = 0; call < 5; call++) {
      pulses.run();
    }
    assertThat(told).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
  }

  @Test
  void expect_nobodyCounts_isOfNoEffect() {
    CountedPulses.expect(() -> {}, 4);
    CountedPulses.together(() -> {});
  }
}
