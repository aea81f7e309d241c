package dev.rote.spec;

import java.util.List;

/** A document of YAML or JSON before it is bound to a message. */
sealed interface Tree {

  /** Where it stands. */
  Place where();

  /** What a plain scalar was resolved to. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** A scalar as written, without quotes. */
  record Scalar(String text, Kind kind, Place where) implements Tree {}

  /** A list. */
  record Sequence(List<Tree> items, Place where) implements Tree {}

  /** A mapping, in the order written. */
  record Mapping(List<Entry> entries, Place where) implements Tree {}

  /** One entry of a mapping. */
  record Entry(String key, Tree value, Place where) {}

  /** The tree in a few words, for messages. */
  default String brief() {
    if (this instanceof Scalar scalar) {
      String shown =
          scalar.text().length() > 60 ? scalar.text().substring(0, 60) + "…" : scalar.text();
      return scalar.kind() == Kind.TEXT ? '"' + shown + '"' : shown;
    }
    return this instanceof Sequence ? "a list" : "a mapping";
  }
}
