package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.NamedFile;
import dev.rote.corruption.formats.PickleMachine.Call;
import dev.rote.corruption.formats.PickleMachine.Region;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Labels as {@code torch.save} writes a dictionary of them, such as those of CIFAR-10N and
 * CIFAR-100N: a zip archive with a pickle of NumPy arrays and lists of whole numbers, each a column
 * by its key. Nothing in a pickle is executed.
 */
final class TorchCells implements LabelCells {
  private static final String KIND = "dictionary of labels as torch.save writes it";
  private static final String PICKLE = "/data.pkl";
  private static final long LARGEST = 1L << 25;

  private final PickleMachine machine;
  private final byte[] pickle;
  private final List<String> names = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>();
  private final int rows;
  private int row = -1;

  private TorchCells(NamedFile file, byte[] pickle) {
    this.pickle = pickle;
    this.machine = new PickleMachine(file, KIND, of(pickle), Integer.MAX_VALUE);
    if (!(machine.run() instanceof Map<?, ?> dictionary)) {
      throw machine.other("its content is no dictionary");
    }
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      double @Nullable [] column = entry.getValue() instanceof List<?> list ? column(list) : null;
      if (column != null) {
        names.add(String.valueOf(entry.getKey()));
        columns.add(column);
      }
    }
    if (columns.isEmpty()) {
      throw machine.other("it has no array and no list of numbers");
    }
    this.rows = columns.get(0).length;
    for (double[] column : columns) {
      if (column.length != rows) {
        throw machine.other("its arrays have " + rows + " and " + column.length + " numbers");
      }
    }
  }

  static TorchCells open(NamedFile file) {
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      ZipEntry entry =
          pickle(zip)
              .orElseThrow(
                  () ->
                      file.unfit(
                          "is no " + KIND + ": it holds no data.pkl", "entry", "data.pkl", "none"));
      if (entry.getSize() > LARGEST) {
        throw file.unfit(
            "has more than " + LARGEST + " bytes of labels",
            "size",
            "at most " + LARGEST,
            "" + entry.getSize());
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new TorchCells(file, in.readNBytes((int) LARGEST));
      }
    } catch (IOException e) {
      throw file.damaged(
          "is no "
              + KIND
              + ": it is no whole zip archive ("
              + FirstBytes.text("" + e.getMessage())
              + "); older versions of PyTorch wrote others: load it and save it again",
          "zip",
          "whole",
          "" + e.getMessage());
    }
  }

  private static Optional<ZipEntry> pickle(ZipFile zip) throws ZipException {
    try {
      return zip.stream()
          .map(ZipEntry.class::cast)
          .filter(each -> each.getName().endsWith(PICKLE))
          .findFirst();
    } catch (IllegalArgumentException e) {
      // A name of the archive is no text.
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static PickleMachine.Bytes of(byte[] pickle) {
    return new PickleMachine.Bytes() {
      @Override
      public long size() {
        return pickle.length;
      }

      @Override
      public void read(long position, byte[] out, int offset, int length) {
        System.arraycopy(pickle, (int) position, out, offset, length);
      }
    };
  }

  /** The numbers of an array or of a list; null where they are none. */
  private double @Nullable [] column(List<?> list) {
    if (list.size() == 5 && list.get(2) instanceof Call type && type.is("numpy dtype")) {
      return array(list, type);
    }
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Long number)) {
        return null;
      }
      numbers[i] = number;
    }
    return numbers;
  }

  /* The state of an array: version, shape, type, whether columns come first, bytes. */
  private double[] array(List<?> state, Call dtype) {
    NumberType type =
        dtype.arguments() instanceof List<?> arguments && !arguments.isEmpty()
            ? NumpyHeader.typeOf(String.valueOf(arguments.get(0))).orElse(null)
            : null;
    if (type == null) {
      throw machine.other("it has an array of no numbers");
    }
    boolean bigEndian =
        dtype.state() instanceof List<?> described
            && described.size() > 1
            && described.get(1).equals(">");
    ByteBuffer bytes =
        ByteBuffer.wrap(bytes(state.get(4)))
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int count = bytes.remaining() / type.bytes();
    boolean flat =
        state.get(1) instanceof List<?> shape
            && !shape.isEmpty()
            && shape.get(0).equals((long) count)
            && shape.stream().skip(1).allMatch(Long.valueOf(1)::equals)
            && count * type.bytes() == bytes.remaining();
    if (!flat) {
      throw machine.other("it has an array whose shape is not that of a list of labels");
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = type.at(bytes, i * type.bytes());
    }
    return numbers;
  }

  /* Bytes of Python 3 are written as a text that is to be encoded: a character for each. */
  private byte[] bytes(Object data) {
    if (data instanceof Call call
        && call.is("_codecs encode")
        && call.arguments() instanceof List<?> arguments
        && arguments.size() == 2
        && arguments.get(1).equals("latin1")) {
      String text = new String(bytes(arguments.get(0)), StandardCharsets.UTF_8);
      if (text.chars().anyMatch(c -> c > 0xFF)) {
        throw machine.other("it has bytes that are none");
      }
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    if (data instanceof Region region) {
      byte[] bytes = new byte[(int) region.length()];
      System.arraycopy(pickle, (int) region.offset(), bytes, 0, bytes.length);
      return bytes;
    }
    if (data instanceof String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    throw machine.other("it has an array without bytes");
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean advance() {
    row++;
    return row < rows;
  }

  @Override
  public String place() {
    return "" + row;
  }

  @Override
  public double number(int column) {
    return columns.get(column)[row];
  }

  @Override
  public String text(int column) {
    double number = number(column);
    return number == Math.rint(number) ? "" + (long) number : "" + number;
  }

  @Override
  public void close() {}
}
