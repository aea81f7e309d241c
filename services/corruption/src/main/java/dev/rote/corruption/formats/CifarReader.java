package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;

/**
 * Examples of CIFAR's binary version: records of one label byte (CIFAR-100: the coarse label, then
 * the fine one, which counts) and 3072 levels, planes R, G, B of 32 x 32.
 */
final class CifarReader implements ExampleReader {
  static final int VALUES = 3072;

  private static final int SIDE = 32;
  private static final int PER_BLOCK = 1024;

  private final ByteFile bytes;
  private final int labelBytes;
  private final int record;
  private final long records;
  private final byte[] block;
  private final byte[] levels = new byte[VALUES];
  private final int[] dimensions = {3, SIDE, SIDE};
  private long next;

  private CifarReader(ByteFile bytes, int labelBytes, long records) {
    this.bytes = bytes;
    this.labelBytes = labelBytes;
    this.record = labelBytes + VALUES;
    this.records = records;
    this.block = new byte[(int) Math.min(PER_BLOCK, records) * record];
  }

  /**
   * @param labelBytes 1, or 2 of which the second counts
   */
  static CifarReader open(NamedFile file, int labelBytes) {
    ByteFile bytes = ByteFile.open(file);
    int record = labelBytes + VALUES;
    long size = bytes.size();
    if (size == 0 || size % record != 0) {
      bytes.close();
      throw file.damaged(
          "should be records of " + record + " bytes, and has " + size + " bytes",
          "size",
          "a multiple of " + record,
          "" + size);
    }
    return new CifarReader(bytes, labelBytes, size / record);
  }

  @Override
  public boolean next(Example into) {
    if (next == records) {
      return false;
    }
    int perBlock = block.length / record;
    int at = (int) (next % perBlock) * record;
    if (at == 0) {
      int count = (int) Math.min(perBlock, records - next);
      bytes.read(next * record, block, 0, count * record);
    }
    System.arraycopy(block, at + labelBytes, levels, 0, VALUES);
    into.levels(levels, dimensions, true);
    into.label(block[at + labelBytes - 1] & 0xFF);
    into.place("record " + next + " of " + bytes.file().name());
    next++;
    return true;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
