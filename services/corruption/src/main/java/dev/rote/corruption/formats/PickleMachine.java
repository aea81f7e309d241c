package dev.rote.corruption.formats;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the handful of instructions that pickles of arrays and lists consist of. Names of functions
 * in a pickle are texts here: nothing is imported, called or built but lists, texts and numbers.
 */
final class PickleMachine {
  private static final int LARGEST_TEXT = 1 << 16;
  private static final int MOST_ITEMS = 4_000_000;
  private static final Set<String> FUNCTIONS =
      Set.of("numpy dtype", "numpy _reconstruct", "_codecs encode");

  private final NamedFile file;
  private final String kind;
  private final Bytes bytes;
  private final int regionOf;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private long at;
  private int items;

  /** What a pickle consists of. */
  interface Bytes {
    long size();

    /** Reads {@code length} bytes from {@code position}. */
    void read(long position, byte[] out, int offset, int length);
  }

  /** What is no text, number or list. */
  enum Mark {
    MARK,
    NONE
  }

  /** Bytes in the pickle, too many to be a text. */
  record Region(long offset, long length) {}

  /** The name of a function. */
  record Function(String name) {}

  /**
   * What a function would have been called with.
   *
   * @param state that the result would have been given; {@link Mark#NONE} for none
   */
  record Call(Function function, Object arguments, Object state) {
    boolean is(String name) {
      return function.name.equals(name);
    }
  }

  /**
   * @param kind of file, as messages name it
   * @param regionOf bytes of which a multiple is no text
   */
  PickleMachine(NamedFile file, String kind, Bytes bytes, int regionOf) {
    this.file = file;
    this.kind = kind;
    this.bytes = bytes;
    this.regionOf = regionOf;
  }

  /**
   * What is pickled: numbers as Long, texts as String (a character a byte, as they lie there),
   * tuples and lists as List, dictionaries with texts as keys as Map, arrays as the list of their
   * state.
   *
   * @throws DatasetException where it is another kind of pickle
   */
  Object run() {
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
    if (!FUNCTIONS.contains(function.name)) {
      throw other("it would call " + FirstBytes.text(function.name));
    }
    push(new Call(function, arguments, Mark.NONE));
  }

  private void build() {
    Object state = pop();
    if (!(pop() instanceof Call call)) {
      throw other("it gives a state to what has none");
    }
    push(call.is("numpy _reconstruct") ? state : new Call(call.function, call.arguments, state));
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
    if (length < 0 || length > bytes.size() - at) {
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
    boolean data = length >= regionOf && length % regionOf == 0;
    push(data ? new Region(offset, length) : new String(text, StandardCharsets.ISO_8859_1));
  }

  private void take(byte[] out) {
    if (out.length > bytes.size() - at) {
      throw cut();
    }
    bytes.read(at, out, 0, out.length);
    at += out.length;
  }

  private DatasetException cut() {
    return file.damaged(
        "ends within its pickle", "size", "more than " + bytes.size(), "" + bytes.size());
  }

  /** The refusal of a pickle that is another. */
  DatasetException other(String why) {
    return file.unfit("is no " + kind + ": " + why + " at byte " + at, "pickle", kind, why);
  }
}
