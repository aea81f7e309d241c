package dev.rote.sweeps.workflow;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State with changes over it that are not written yet. */
final class Changes implements StateReader {
  private static final byte[] NOTHING = new byte[0];

  private final StateReader base;
  private final Journal journal;
  private final NavigableMap<String, Optional<byte[]>> changed = new TreeMap<>();

  Changes(StateReader base, Journal journal) {
    this.base = base;
    this.journal = journal;
  }

  @Override
  public byte @Nullable [] get(String key) {
    Optional<byte[]> change = changed.get(key);
    return change == null ? base.get(key) : change.orElse(null);
  }

  void put(String key, MessageLite value) {
    set(key, Optional.of(value.toByteArray()));
  }

  void putText(String key, String value) {
    set(key, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes an entry that says all by its key. */
  void mark(String key) {
    set(key, Optional.of(NOTHING));
  }

  void delete(String key) {
    set(key, Optional.empty());
  }

  private void set(String key, Optional<byte[]> value) {
    Optional<byte[]> before = changed.put(key, value);
    journal.note(
        () -> {
          if (before == null) {
            changed.remove(key);
          } else {
            changed.put(key, before);
          }
        });
  }

  /** Entries to write, and to delete where empty. */
  SortedMap<String, Optional<byte[]>> all() {
    return Collections.unmodifiableSortedMap(changed);
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    Merge merge = new Merge(new TreeMap<>(changed.subMap(from, to)), visitor);
    base.scan(from, to, merge);
    merge.finish();
  }

  /** Keys of {@code [from, to)}, at most {@code limit}. */
  List<String> keys(String from, String to, int limit) {
    List<String> keys = new ArrayList<>();
    scan(
        from,
        to,
        (key, value) -> {
          keys.add(key);
          return keys.size() < limit;
        });
    return keys;
  }

  <T> Optional<T> read(String key, Parser<T> parser) {
    byte[] bytes = get(key);
    return bytes == null ? Optional.empty() : Optional.of(Entries.parse(key, bytes, parser));
  }

  /** Entries of {@code [from, to)}, at most {@code limit}. */
  <T> List<T> records(String from, String to, Parser<T> parser, int limit) {
    List<T> records = new ArrayList<>();
    scan(
        from,
        to,
        (key, bytes) -> {
          records.add(Entries.parse(key, bytes, parser));
          return records.size() < limit;
        });
    return records;
  }

  /** Shows changed entries in their place among those of the base. */
  private static final class Merge implements Visitor {
    private final Iterator<Map.Entry<String, Optional<byte[]>>> over;
    private final Visitor visitor;
    private Map.@Nullable Entry<String, Optional<byte[]>> next;
    private boolean enough;

    Merge(SortedMap<String, Optional<byte[]>> over, Visitor visitor) {
      this.over = over.entrySet().iterator();
      this.visitor = visitor;
      this.next = advance();
    }

    private Map.@Nullable Entry<String, Optional<byte[]>> advance() {
      return over.hasNext() ? over.next() : null;
    }

    @Override
    public boolean visit(String key, byte[] value) {
      Map.Entry<String, Optional<byte[]>> change = next;
      while (!enough && change != null && change.getKey().compareTo(key) < 0) {
        show(change);
        next = advance();
        change = next;
      }
      if (enough) {
        return false;
      }
      if (change != null && change.getKey().equals(key)) {
        show(change);
        next = advance();
      } else {
        enough = !visitor.visit(key, value);
      }
      return !enough;
    }

    private void show(Map.Entry<String, Optional<byte[]>> change) {
      if (change.getValue().isPresent()) {
        enough = !visitor.visit(change.getKey(), change.getValue().get());
      }
    }

    void finish() {
      for (var change = next; !enough && change != null; change = advance()) {
        show(change);
      }
    }
  }
}
