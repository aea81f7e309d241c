package dev.rote.sweeps.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {
  @Test
  void with_namesOfStrangers_stayWithinTheirPlace() {
    assertThat(Address.ofSweep("a/../b", "/trials").with("at.x&y", "<1 = #2>").toString())
        .isEqualTo("/sweeps/a%2F..%2Fb/trials?at.x%26y=%3C1%20%3D%20%232%3E");
  }
}
