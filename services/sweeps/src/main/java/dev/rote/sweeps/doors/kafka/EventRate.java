package dev.rote.sweeps.doors.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How many events an owner may send in any minute; counted by this process, from its start. */
final class EventRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final OptionalInt most;
  private final Clock clock;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  /**
   * @param most in a minute; empty: any number
   */
  EventRate(OptionalInt most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  /** When an owner may send the next event; empty: now. */
  Optional<Instant> spentUntil(String owner) {
    Deque<Instant> times = times(owner);
    return most.isEmpty() || times.size() < most.getAsInt()
        ? Optional.empty()
        : Optional.of(times.getFirst().plus(WINDOW));
  }

  /** An event of an owner is dealt with. */
  void count(String owner) {
    if (most.isPresent()) {
      times(owner).addLast(clock.instant());
    }
  }

  private Deque<Instant> times(String owner) {
    Deque<Instant> times = taken.computeIfAbsent(owner, name -> new ArrayDeque<>());
    Instant old = clock.instant().minus(WINDOW);
    while (!times.isEmpty() && !times.getFirst().isAfter(old)) {
      times.removeFirst();
    }
    return times;
  }
}
