package dev.rote.corruption.datasets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What takes work to find, once for all who ask at the same time; the newest few are remembered.
 */
public final class Remembered<K, V> {
  private final SingleFlight<V> flights = new SingleFlight<>();
  private final Map<K, V> known;

  /**
   * @param atMost how many values are remembered
   */
  public Remembered(int atMost) {
    this.known =
        new LinkedHashMap<>(atMost, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > atMost;
          }
        };
  }

  /** The value of a key. What the work throws is thrown, and not remembered. */
  public V of(K key, Supplier<V> work) {
    return of(key, work, () -> false);
  }

  /**
   * The value of a key.
   *
   * @param work throws {@link java.util.concurrent.CancellationException} when {@code stopped} says
   *     so
   * @param stopped asked while waiting for another who does the work
   * @throws java.util.concurrent.CancellationException when told to stop
   */
  public V of(K key, Supplier<V> work, BooleanSupplier stopped) {
    V there = find(key);
    if (there != null) {
      return there;
    }
    V found = flights.run(key, work, stopped).value();
    synchronized (known) {
      known.put(key, found);
    }
    return found;
  }

  private @Nullable V find(K key) {
    synchronized (known) {
      return known.get(key);
    }
  }
}
