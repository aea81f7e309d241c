package dev.rote.workqueue;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The pulses of a service: what its health and its meters tell. Safe for several threads. */
public final class Pulses {
  private final LongSupplier nanos;
  private final Collection<Pulse> pulses = new ConcurrentLinkedQueue<>();

  /** No parts yet. */
  public Pulses() {
    this(System::nanoTime);
  }

  Pulses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * A further part; it rests until it is begun.
   *
   * @param part what it is, in words for people
   * @param patience how long it may take to come round
   */
  public Pulse part(String part, Duration patience) {
    Pulse pulse = new Pulse(part, patience, nanos);
    pulses.add(pulse);
    return pulse;
  }

  /** Forgets a part that will not be begun again. */
  public void remove(Pulse pulse) {
    pulses.remove(pulse);
  }

  /** The parts that stand still and why, by their names; of several of one name one is told. */
  public Map<String, String> standing() {
    return told(Pulse::standing);
  }

  /** Those among the parts that stand still which beginning anew may help. */
  public Map<String, String> dead() {
    return told(Pulse::dead);
  }

  private Map<String, String> told(Function<Pulse, Optional<String>> trouble) {
    Map<String, String> told = new TreeMap<>();
    for (Pulse pulse : pulses) {
      trouble.apply(pulse).ifPresent(why -> told.put(pulse.part(), why));
    }
    return told;
  }
}
