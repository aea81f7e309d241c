package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The different labels of a file, each by a number in the order in which they came. */
final class LabelCodes {
  /** Most different labels. */
  static final int MOST = 65_536;

  private static final int LONGEST = 1_000;

  private final List<Label> labels = new ArrayList<>();
  private final List<long[]> counts = new ArrayList<>();
  private final Map<Object, Integer> codes = new HashMap<>();

  /**
   * A label as files write it.
   *
   * @param text null for a number
   * @param first where it came first
   */
  record Label(@Nullable String text, long number, String first) {

    boolean isNumber() {
      return text == null;
    }

    /** As a specification writes it. */
    String words() {
      return text == null ? Long.toString(number) : text;
    }
  }

  /** The number of an example's label. */
  int of(Example example) {
    String text = example.text();
    Object key = text == null ? (Object) example.number() : text;
    Integer known = codes.get(key);
    if (known == null) {
      known = add(new Label(text, text == null ? example.number() : 0, example.place()), key);
    }
    counts.get(known)[0]++;
    return known;
  }

  private int add(Label label, Object key) {
    if (labels.size() == MOST) {
      throw DatasetException.refused(
          "variant.dataset.files.train.label",
          "must be another: there are more than "
              + MOST
              + " different labels up to "
              + label.first
              + ", are they labels?");
    }
    if (label.words().length() > LONGEST) {
      throw DatasetException.refused(
          "variant.dataset.files.train.label",
          "must be another: the label of "
              + label.first
              + " has "
              + label.words().length()
              + " characters");
    }
    int code = labels.size();
    labels.add(label);
    counts.add(new long[1]);
    codes.put(key, code);
    return code;
  }

  List<Label> labels() {
    return labels;
  }

  /** Examples that have a label. */
  long count(int code) {
    return counts.get(code)[0];
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(labels.size());
    for (int code = 0; code < labels.size(); code++) {
      Label label = labels.get(code);
      out.writeBoolean(label.isNumber());
      if (label.text == null) {
        out.writeLong(label.number);
      } else {
        out.writeUTF(label.text);
      }
      out.writeUTF(label.first);
      out.writeLong(count(code));
    }
  }

  static LabelCodes read(DataInputStream in) throws IOException {
    LabelCodes read = new LabelCodes();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      boolean number = in.readBoolean();
      long value = number ? in.readLong() : 0;
      String text = number ? null : in.readUTF();
      Label label = new Label(text, value, in.readUTF());
      int code = read.add(label, text == null ? (Object) value : text);
      read.counts.get(code)[0] = in.readLong();
    }
    return read;
  }
}
