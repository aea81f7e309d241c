package dev.rote.sweeps.doors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EventRateTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = START;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @Test
  void owner_whoSentAllOfAMinute_waitsForTheFirstToBeOld() {
    EventRate rate = new EventRate(OptionalInt.of(2), clock);
    rate.count("ada");
    now = START.plusSeconds(10);
    rate.count("ada");

    assertThat(rate.spentUntil("ada")).contains(START.plusSeconds(60));
    assertThat(rate.spentUntil("eve")).isEmpty();
    now = START.plusSeconds(60);
    assertThat(rate.spentUntil("ada")).isEmpty();
    rate.count("ada");
    assertThat(rate.spentUntil("ada")).contains(START.plusSeconds(70));
  }

  @Test
  void owner_withoutAQuota_neverWaits() {
    EventRate rate = new EventRate(OptionalInt.empty(), clock);
    for (int i = 0; i < 1_000; i++) {
      rate.count("ada");
    }

    assertThat(rate.spentUntil("ada")).isEmpty();
  }
}
