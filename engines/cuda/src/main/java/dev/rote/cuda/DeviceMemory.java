package dev.rote.cuda;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Memory on the card, and page-locked memory of the host beside it, freed together. */
final class DeviceMemory implements AutoCloseable {
  /**
   * Held while memory is taken or freed and while a graph is recorded: on any thread of the process
   * the one breaks the other.
   */
  static final Object LOCK = new Object();

  private static final long MEBI = 1 << 20;

  private final List<Pointer> onCard = new ArrayList<>();
  private final List<Pointer> onHost = new ArrayList<>();

  /** Zeros. */
  FloatPointer floats(long length) {
    return new FloatPointer(bytes(Math.multiplyExact(length, Float.BYTES)));
  }

  /** Zeros. */
  IntPointer ints(long length) {
    return new IntPointer(bytes(Math.multiplyExact(length, Integer.BYTES)));
  }

  /** Zeros. */
  DoublePointer doubles(long length) {
    return new DoublePointer(bytes(Math.multiplyExact(length, Double.BYTES)));
  }

  /** Zeros. */
  BytePointer bytes(long length) {
    synchronized (LOCK) {
      return take(Math.max(length, 1));
    }
  }

  private BytePointer take(long taken) {
    BytePointer address = new BytePointer((Pointer) null);
    int status = cudart.cudaMalloc(address, taken);
    if (status == cudart.cudaErrorMemoryAllocation) {
      throw new IllegalStateException(
          "the card has no room for "
              + (taken / MEBI + 1)
              + " MiB more: run fewer trials on it at once (rote.trainer.slots), or smaller batches");
    }
    Status.ofCuda(status, "taking memory of the card");
    onCard.add(address);
    Status.ofCuda(cudart.cudaMemset(address, 0, taken), "clearing memory");
    awaitClearing();
    return address;
  }

  /**
   * Clearing is work of the default stream, for which no other stream waits: on a busy card it
   * could come after the first values and wipe them.
   */
  private static void awaitClearing() {
    Status.ofCuda(cudart.cudaStreamSynchronize(null), "clearing memory");
  }

  /** Page-locked memory of the host. */
  BytePointer host(long length) {
    BytePointer address = new BytePointer((Pointer) null);
    Status.ofCuda(cudart.cudaMallocHost(address, Math.max(length, 1)), "taking page-locked memory");
    onHost.add(address);
    return address.capacity(length);
  }

  @Override
  public void close() {
    synchronized (LOCK) {
      onCard.forEach(each -> Status.ofCuda(cudart.cudaFree(each), "freeing memory of the card"));
      onHost.forEach(
          each -> Status.ofCuda(cudart.cudaFreeHost(each), "freeing page-locked memory"));
    }
    onCard.clear();
    onHost.clear();
  }
}
