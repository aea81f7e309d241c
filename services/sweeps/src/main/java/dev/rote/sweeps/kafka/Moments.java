package dev.rote.sweeps.kafka;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The moments between decisions. The store takes the entries of a decision one by one: whoever
 * reads several of them meanwhile would find a cell neither in flight nor ended.
 */
final class Moments {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** Writes the entries of one decision, while nobody reads at a moment. */
  void write(Runnable decision) {
    lock.writeLock().lock();
    try {
      decision.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Reads at a moment; decisions wait meanwhile. */
  <T> T read(Supplier<T> reading) {
    lock.readLock().lock();
    try {
      return reading.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
