package dev.rote.networks.nd4j;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.Nd4jBlas;

/**
 * Gives each call on a network exactly the threads that it asked for.
 *
 * <p>Calls of one thread run side by side; a call of several runs alone in the process.
 */
final class ThreadGate {
  /*
   * The thread counts of OpenBLAS and of libnd4j's loops are global to the process, that of OpenMP
   * (oneDNN) belongs to the calling thread. So calls of one thread need the global counts at one,
   * and a call of several needs them to itself. Changing them takes as long as a small step: they
   * stay as the last call left them. The lock is fair: neither kind of call starves the other.
   */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final NativeOps nativeOps = NativeOpsHolder.getInstance().getDeviceNativeOps();
  private final Lanes lanes = new Lanes();
  private final boolean oneDnn;

  /** What the global counts are; 0 at first. Written by who holds the lock alone. */
  private volatile int global;

  private final Nd4jBlas blas = (Nd4jBlas) Nd4j.factory().blas();

  /**
   * A gate for the whole process.
   *
   * @param oneDnn whether the native library multiplies by oneDNN; then BLAS stays on one thread,
   *     whose others would keep cores busy between products
   */
  ThreadGate(boolean oneDnn) {
    this.oneDnn = oneDnn;
    setGlobal(1);
  }

  /** Runs {@code work} with {@code threads} threads. */
  void run(int threads, Runnable work) {
    if (threads == 1) {
      shared(work);
    } else {
      exclusive(threads, work);
    }
  }

  /**
   * Runs parts of a call that do not depend on each other, each on one thread.
   *
   * @param threads that may run at the same time
   */
  void run(int threads, int parts, Lanes.Part work) {
    if (threads == 1) {
      shared(() -> lanes.run(1, parts, this::oneThread, work));
    } else {
      exclusively(
          () -> {
            setGlobal(1);
            lanes.run(threads, parts, this::oneThread, work);
          });
    }
  }

  /** The same within work that {@link #run(int, Runnable)} runs on as many threads. */
  void spread(int threads, int parts, Lanes.Part work) {
    try {
      lanes.run(threads, parts, this::oneThread, work);
    } finally {
      nativeOps.setOmpNumThreads(threads);
    }
  }

  private void oneThread() {
    nativeOps.setOmpNumThreads(1);
  }

  private void shared(Runnable work) {
    while (!sharedAtOne(work)) {
      exclusively(() -> setGlobal(1));
    }
  }

  /** Runs {@code work} and returns true, unless the global counts are not at one. */
  private boolean sharedAtOne(Runnable work) {
    lock.readLock().lock();
    try {
      if (global != 1) {
        return false;
      }
      oneThread();
      work.run();
      return true;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void exclusive(int threads, Runnable work) {
    exclusively(
        () -> {
          setGlobal(threads);
          nativeOps.setOmpNumThreads(threads);
          work.run();
        });
  }

  private void exclusively(Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void setGlobal(int threads) {
    if (global == threads) {
      return;
    }
    if (!oneDnn || global == 0) {
      blas.setMaxThreads(oneDnn ? 1 : threads);
    }
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    global = threads;
  }
}
