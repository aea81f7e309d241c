package dev.rote.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** A kernel's arguments in order, and its start. One is reused by all launches of a stream. */
final class Launch {
  private static final int ARGUMENTS = 20;
  private static final int WIDTH = Long.BYTES;
  private static final int BLOCK = 256;
  private static final int LANES = 32;
  private static final int STRIDES = 16;

  private final CUstream_st stream;
  private final BytePointer slots = new BytePointer((long) ARGUMENTS * WIDTH);
  private final ByteBuffer values = slots.asByteBuffer().order(ByteOrder.nativeOrder());
  private final PointerPointer<BytePointer> addresses = new PointerPointer<>(ARGUMENTS);
  private String name = "";
  private CUfunc_st function = new CUfunc_st();
  private int given;

  Launch(CUstream_st stream) {
    this.stream = stream;
    for (int i = 0; i < ARGUMENTS; i++) {
      addresses.put(i, slots.getPointer((long) i * WIDTH));
    }
  }

  Launch begin(String kernel, CUfunc_st loaded) {
    name = kernel;
    function = loaded;
    given = 0;
    return this;
  }

  /** Memory on the card, or none. */
  Launch with(@Nullable Pointer memory) {
    return with(memory == null ? 0 : memory.address());
  }

  Launch with(long value) {
    values.putLong(given++ * WIDTH, value);
    return this;
  }

  Launch with(int value) {
    values.putInt(given++ * WIDTH, value);
    return this;
  }

  Launch with(float value) {
    values.putFloat(given++ * WIDTH, value);
    return this;
  }

  Launch with(double value) {
    values.putDouble(given++ * WIDTH, value);
    return this;
  }

  /** A thread for each element. */
  void overElements(int count) {
    start((int) ((count + BLOCK - 1L) / BLOCK), 1, BLOCK, 1);
  }

  /**
   * A block for each row.
   *
   * @param columns that the threads of a block share
   */
  void overRows(int rows, int columns) {
    int warps = (Math.min(columns, BLOCK) + LANES - 1) / LANES;
    start(rows, 1, warps * LANES, 1);
  }

  /** One block, of as many threads as one for elements. */
  void inOneBlock() {
    start(1, 1, BLOCK, 1);
  }

  /** A block of lanes and strides for each 32 columns and each chunk of rows. */
  void overColumns(int columns, int chunks) {
    start((columns + LANES - 1) / LANES, chunks, LANES, STRIDES);
  }

  private void start(int gridX, int gridY, int blockX, int blockY) {
    Status.ofCuda(
        cudart.cuLaunchKernel(
            function, gridX, gridY, 1, blockX, blockY, 1, 0, stream, addresses, null),
        "starting kernel " + name);
  }

  void close() {
    slots.close();
    addresses.close();
  }
}
