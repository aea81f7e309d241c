package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A batch of CIFAR's Python version: a pickle of a dictionary with {@code data}, an array of bytes
 * [n, 3072], and {@code labels} or {@code fine_labels}.
 */
final class CifarPickle {
  private static final long LARGEST_FILE = 1L << 31;

  private final NamedFile file;
  private final PickleMachine machine;

  private CifarPickle(NamedFile file, PickleMachine machine) {
    this.file = file;
    this.machine = machine;
  }

  /** Inputs, as they lie in the file, and labels. */
  record Batch(NumberArray inputs, List<Long> labels) {}

  /** Whether bytes begin as such a file does. */
  static boolean begins(byte[] start) {
    return start.length > 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5;
  }

  static Batch read(NamedFile file) {
    try (ByteFile bytes = ByteFile.open(file)) {
      if (bytes.size() > LARGEST_FILE) {
        throw file.unfit("is too large for a batch of CIFAR", "size", "at most 2 GiB", "more");
      }
      PickleMachine machine =
          new PickleMachine(file, "batch of CIFAR's Python version", of(bytes), CifarReader.VALUES);
      return new CifarPickle(file, machine).batch();
    }
  }

  private static PickleMachine.Bytes of(ByteFile bytes) {
    long size = bytes.size();
    return new PickleMachine.Bytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long position, byte[] out, int offset, int length) {
        bytes.read(position, out, offset, length);
      }
    };
  }

  private Batch batch() {
    if (!(machine.run() instanceof Map<?, ?> dictionary)) {
      throw machine.other("its content is no dictionary");
    }
    Object labels = dictionary.get("fine_labels");
    labels = labels == null ? dictionary.get("labels") : labels;
    if (!(labels instanceof List<?> list)) {
      throw machine.other("it has no list of labels");
    }
    List<Long> numbers = new ArrayList<>();
    for (Object label : list) {
      if (!(label instanceof Long number)) {
        throw machine.other("its label " + numbers.size() + " is no number");
      }
      numbers.add(number);
    }
    if (!(dictionary.get("data") instanceof List<?> array) || array.size() != 5) {
      throw machine.other("it has no array of data");
    }
    return new Batch(inputs(array, numbers.size()), numbers);
  }

  /* The state of an array: version, shape, type, whether columns come first, bytes. */
  private NumberArray inputs(List<?> state, long labels) {
    boolean fits =
        state.get(1) instanceof List<?> shape
            && shape.equals(List.of(labels, (long) CifarReader.VALUES))
            && state.get(2) instanceof PickleMachine.Call type
            && type.is("numpy dtype")
            && type.arguments() instanceof List<?> arguments
            && !arguments.isEmpty()
            && arguments.get(0).equals("u1");
    if (!fits || !(state.get(4) instanceof PickleMachine.Region region)) {
      throw machine.other(
          "its data are no unsigned bytes [" + labels + ", " + CifarReader.VALUES + "]");
    }
    return new NumberArray(
            file,
            "data of " + file.name(),
            NumberType.UINT8,
            ByteOrder.BIG_ENDIAN,
            Boolean.TRUE.equals(state.get(3)),
            List.of(labels, 3L, 32L, 32L),
            region.offset())
        .checked(region.offset() + region.length());
  }
}
