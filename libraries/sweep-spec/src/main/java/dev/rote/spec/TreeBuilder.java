package dev.rote.spec;

import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Scalar;
import dev.rote.spec.Tree.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Tree} together from the events of a parser, without recursion. Depth and number of
 * values are bounded, and no key is written twice.
 */
final class TreeBuilder {
  static final int MOST_VALUES = 250_000;
  static final int DEEPEST = 40;

  private final String source;
  private final Deque<Level> open = new ArrayDeque<>();
  private int values;
  private @Nullable Tree root;

  /** A list or mapping that has not ended. */
  private static final class Level {
    final boolean mapping;
    final Place where;
    final List<Tree> items = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    final Map<String, Place> keys = new HashMap<>();
    @Nullable String key;
    Place keyWhere = Place.unknown();

    Level(boolean mapping, Place where) {
      this.mapping = mapping;
      this.where = where;
    }
  }

  /**
   * @param source name for messages
   */
  TreeBuilder(String source) {
    this.source = source;
  }

  /** Whether what comes next is a key. */
  boolean atKey() {
    return !open.isEmpty() && open.element().mapping && open.element().key == null;
  }

  void key(String key, Place where) {
    Level level = open.element();
    Place first = level.keys.putIfAbsent(key, where);
    if (first != null) {
      throw refused("the key " + key + " is written twice, first " + first.brackets(), where);
    }
    level.key = key;
    level.keyWhere = where;
  }

  void start(boolean mapping, Place where) {
    if (atKey()) {
      throw refused("a key must be a word", where);
    }
    if (open.size() >= DEEPEST) {
      throw refused("lists and mappings must be at most " + DEEPEST + " deep", where);
    }
    open.push(new Level(mapping, where));
  }

  void end() {
    Level level = open.remove();
    add(
        level.mapping
            ? new Mapping(level.entries, level.where)
            : new Sequence(level.items, level.where));
  }

  void scalar(Scalar scalar) {
    add(scalar);
  }

  private void add(Tree tree) {
    if (++values > MOST_VALUES) {
      throw refused(source + " must hold at most " + MOST_VALUES + " values", tree.where());
    }
    if (open.isEmpty()) {
      root = tree;
      return;
    }
    Level level = open.element();
    if (!level.mapping) {
      level.items.add(tree);
    } else if (level.key != null) {
      level.entries.add(new Entry(level.key, tree, level.keyWhere));
      level.key = null;
    }
  }

  /** The whole tree; empty when there was none. */
  Optional<Tree> tree() {
    return Optional.ofNullable(root);
  }

  static SpecException refused(String message, Place where) {
    return new SpecException(List.of(where.violation("", message)));
  }
}
