package dev.rote.sweeps.workflow;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Entries of one kind that a turn looks at: each is read once, is one builder for all who ask,
 * changed in place, and written at the end.
 *
 * @param <R> what an entry holds
 */
final class Owned<R extends Message, B extends Message.Builder> {
  private final Changes changes;
  private final Journal journal;
  private final Parser<R> parser;
  private final Function<R, B> builder;
  private final Consumer<B> changing;
  private final Map<String, Optional<B>> entries = new LinkedHashMap<>();
  private final Map<String, Message> before = new HashMap<>();

  /** Entries that the changes may hold otherwise than they were stored. */
  private final Set<String> shown = new HashSet<>();

  private Set<String> noted = new HashSet<>();

  /**
   * @param changing told of each entry that is about to be written because it changed
   */
  Owned(
      Changes changes,
      Journal journal,
      Parser<R> parser,
      Function<R, B> builder,
      Consumer<B> changing) {
    this.changes = changes;
    this.journal = journal;
    this.parser = parser;
    this.builder = builder;
    this.changing = changing;
  }

  /** The entry, shared by all that ask in this turn and written at its end. */
  Optional<B> get(String key) {
    Optional<B> known = entries.get(key);
    if (known == null) {
      Optional<R> stored = changes.read(key, parser);
      stored.ifPresent(entry -> before.put(key, entry));
      known = stored.map(builder);
      entries.put(key, known);
    }
    if (noted.add(key)) {
      known.ifPresent(this::note);
    }
    return known;
  }

  private void note(B entry) {
    Message now = entry.build();
    journal.note(() -> entry.clear().mergeFrom(now));
  }

  /**
   * Takes in an entry that was not there; from now on it is the one that all share.
   *
   * @throws IllegalStateException if there is one
   */
  void add(String key, B entry) {
    if (get(key).isPresent()) {
      throw new IllegalStateException("entry " + key + " is there: look it up and change it");
    }
    set(key, Optional.of(entry));
  }

  void delete(String key) {
    Optional<B> known = entries.get(key);
    if (known == null) {
      /* It need not be readable to be deleted. */
      shown.add(key);
    } else {
      known.ifPresent(this::note);
    }
    set(key, Optional.empty());
  }

  private void set(String key, Optional<B> entry) {
    Optional<Optional<B>> replaced = Optional.ofNullable(entries.put(key, entry));
    noted.add(key);
    journal.note(
        () -> {
          entries.remove(key);
          replaced.ifPresent(former -> entries.put(key, former));
        });
  }

  /** From now on entries are noted in the journal when they are next asked for. */
  Set<String> noteAnew() {
    Set<String> until = noted;
    noted = new HashSet<>();
    return until;
  }

  /** These are noted already. */
  void noteOnlyBeyond(Set<String> already) {
    noted = already;
  }

  /** Those that are there. */
  List<B> present() {
    return entries.values().stream().flatMap(Optional::stream).toList();
  }

  /** Has the changes hold what stands now, for a scan of them. */
  void show() {
    entries.forEach(
        (key, entry) -> {
          if (changed(key, entry)) {
            shown.add(key);
            write(key, entry);
          }
        });
  }

  private boolean changed(String key, Optional<B> entry) {
    Message was = before.get(key);
    return shown.contains(key)
        || (entry.isPresent() ? !entry.get().build().equals(was) : was != null);
  }

  private void write(String key, Optional<B> entry) {
    if (entry.isPresent()) {
      changes.put(key, entry.get().build());
    } else {
      changes.delete(key);
    }
  }

  /** Writes what changed. */
  void write() {
    entries.forEach(
        (key, entry) -> {
          if (changed(key, entry)) {
            entry.ifPresent(changing);
            write(key, entry);
          }
        });
  }
}
