package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of CIFAR's Python version: a pickle of a dictionary with {@code data}, an array of bytes
 * [n, 3072], and {@code labels} or {@code fine_labels}. This reads the handful of instructions that
 * such files consist of. Names of functions in a pickle are texts here: nothing is imported, called
 * or built but lists, texts and numbers.
 */
final class CifarPickle {
  private static final int LARGEST_TEXT = 1 << 16;
  private static final int MOST_ITEMS = 4_000_000;
  private static final long LARGEST_FILE = 1L << 31;

  private final NamedFile file;
  private final ByteFile bytes;
  private final long size;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private long at;
  private int items;

  private enum Mark {
    MARK,
    NONE
  }

  /** Bytes in the file, too many to be a text. */
  private record Region(long offset, long length) {}

  /** The name of a function. */
  private record Function(String name) {}

  /** What a function would have been called with. */
  private record Call(Function function, Object arguments) {}

  private CifarPickle(NamedFile file, ByteFile bytes) {
    this.file = file;
    this.bytes = bytes;
    this.size = bytes.size();
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
      return new CifarPickle(file, bytes).batch();
    }
  }

  private Batch batch() {
    if (!(run() instanceof Map<?, ?> dictionary)) {
      throw other("its content is no dictionary");
    }
    Object labels = dictionary.get("fine_labels");
    labels = labels == null ? dictionary.get("labels") : labels;
    if (!(labels instanceof List<?> list)) {
      throw other("it has no list of labels");
    }
    List<Long> numbers = new ArrayList<>();
    for (Object label : list) {
      if (!(label instanceof Long number)) {
        throw other("its label " + numbers.size() + " is no number");
      }
      numbers.add(number);
    }
    if (!(dictionary.get("data") instanceof List<?> array) || array.size() != 5) {
      throw other("it has no array of data");
    }
    return new Batch(inputs(array, numbers.size()), numbers);
  }

  /* The state of an array: version, shape, type, whether columns come first, bytes. */
  private NumberArray inputs(List<?> state, long labels) {
    boolean fits =
        state.get(1) instanceof List<?> shape
            && shape.equals(List.of(labels, (long) CifarReader.VALUES))
            && state.get(2) instanceof Call type
            && type.function.name.equals("numpy dtype")
            && type.arguments instanceof List<?> arguments
            && !arguments.isEmpty()
            && arguments.get(0).equals("u1");
    if (!fits || !(state.get(4) instanceof Region region)) {
      throw other("its data are no unsigned bytes [" + labels + ", " + CifarReader.VALUES + "]");
    }
    return new NumberArray(
            file,
            "data of " + file.name(),
            NumberType.UINT8,
            ByteOrder.BIG_ENDIAN,
            Boolean.TRUE.equals(state.get(3)),
            List.of(labels, 3L, 32L, 32L),
            region.offset)
        .checked(region.offset + region.length);
  }

  private Object run() {
    while (true) {
      int code = next();
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> next();
      case 0x95 -> number(8);
      case '(' -> push(Mark.MARK);
      case 'N' -> push(Mark.NONE);
      case '}' -> push(new LinkedHashMap<Object, Object>());
      case ']', ')' -> push(new ArrayList<>());
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push(number(1));
      case 'M' -> push(number(2));
      case 'J' -> push((long) (int) number(4));
      case 'U', 'C', 0x8c -> text(number(1));
      case 'T', 'B', 'X' -> text(number(4));
      case 0x8e, 0x8d -> text(number(8));
      case 'q' -> memo.put((int) number(1), peek());
      case 'r' -> memo.put((int) number(4), peek());
      case 0x94 -> memo.put(memo.size(), peek());
      case 'h' -> push(remembered((int) number(1)));
      case 'j' -> push(remembered((int) number(4)));
      case 'c' -> push(new Function(moduleName(line()) + " " + line()));
      case 0x93 -> {
        Object name = pop();
        push(new Function(moduleName(String.valueOf(pop())) + " " + name));
      }
      case 't' -> push(marked());
      case 0x85 -> push(new ArrayList<>(List.of(pop())));
      case 0x86 -> push(last(2));
      case 0x87 -> push(last(3));
      case 'R' -> call();
      case 'b' -> build();
      case 'e' -> append(marked());
      case 'a' -> append(List.of(pop()));
      case 'u' -> set(marked());
      case 's' -> set(last(2));
      default -> throw other("it has the instruction " + Integer.toHexString(code));
    }
  }

  /* Newer versions of NumPy have other names of modules. */
  private static String moduleName(String module) {
    return module.startsWith("numpy") ? "numpy" : module;
  }

  /* An array is made empty first, and told its state then; texts of Python 2 are encoded ones. */
  private void call() {
    Object arguments = pop();
    if (!(pop() instanceof Function function)) {
      throw other("it calls what has no name");
    }
    boolean known =
        function.name.equals("numpy dtype") || function.name.equals("numpy _reconstruct");
    if (!known) {
      throw other("it would call " + FirstBytes.text(function.name));
    }
    push(new Call(function, arguments));
  }

  private void build() {
    Object state = pop();
    if (!(pop() instanceof Call call)) {
      throw other("it gives a state to what has none");
    }
    push(call.function.name.equals("numpy _reconstruct") ? state : call);
  }

  private void append(List<?> more) {
    if (!(peek() instanceof List<?>)) {
      throw other("it appends to no list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) peek();
    list.addAll(more);
  }

  private void set(List<?> pairs) {
    if (!(peek() instanceof Map<?, ?>) || pairs.size() % 2 != 0) {
      throw other("it sets in no dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) peek();
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!(pairs.get(i) instanceof String)) {
        throw other("it has a key that is no text");
      }
      map.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private List<Object> marked() {
    ArrayDeque<Object> found = new ArrayDeque<>();
    for (Object top = pop(); top != Mark.MARK; top = pop()) {
      found.addFirst(top);
    }
    return new ArrayList<>(found);
  }

  private List<Object> last(int count) {
    ArrayDeque<Object> found = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      found.addFirst(pop());
    }
    return new ArrayList<>(found);
  }

  private Object remembered(int key) {
    @Nullable Object there = memo.get(key);
    if (there == null) {
      throw other("it asks for what it never kept");
    }
    return there;
  }

  private void push(Object item) {
    if (++items > MOST_ITEMS) {
      throw other("it has more than " + MOST_ITEMS + " items");
    }
    stack.push(item);
  }

  private Object pop() {
    if (stack.isEmpty()) {
      throw other("it takes more than there is");
    }
    return stack.pop();
  }

  private Object peek() {
    if (stack.isEmpty()) {
      throw other("it takes more than there is");
    }
    return stack.element();
  }

  private int next() {
    byte[] one = new byte[1];
    take(one);
    return one[0] & 0xFF;
  }

  private long number(int length) {
    byte[] little = new byte[Long.BYTES];
    byte[] read = new byte[length];
    take(read);
    System.arraycopy(read, 0, little, 0, length);
    return ByteBuffer.wrap(little).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      if (line.length() == LARGEST_TEXT) {
        throw other("it has a line without an end");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void text(long length) {
    if (length < 0 || length > size - at) {
      throw cut();
    }
    if (length > LARGEST_TEXT) {
      push(new Region(at, length));
      at += length;
      return;
    }
    byte[] text = new byte[(int) length];
    long offset = at;
    take(text);
    /* Data of a few examples are as short as a text. */
    boolean data = length >= CifarReader.VALUES && length % CifarReader.VALUES == 0;
    push(data ? new Region(offset, length) : new String(text, StandardCharsets.ISO_8859_1));
  }

  private void take(byte[] out) {
    if (out.length > size - at) {
      throw cut();
    }
    bytes.read(at, out, 0, out.length);
    at += out.length;
  }

  private DatasetException cut() {
    return file.damaged("ends within its pickle", "size", "more than " + size, "" + size);
  }

  private DatasetException other(String why) {
    return file.unfit(
        "is no batch of CIFAR's Python version: " + why + " at byte " + at,
        "pickle",
        "a batch",
        why);
  }
}
