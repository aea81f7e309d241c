package dev.rote.spec;

import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Sequence;
import java.util.Optional;

/** Finds where in a document a field is written, by its path. */
final class TreePlaces {
  private final Tree document;

  TreePlaces(Tree document) {
    this.document = document;
  }

  /** A violation with the place of its field, or of the nearest that holds it. */
  Violation placed(Violation violation) {
    return violation.at(find(violation.path()));
  }

  private Place find(String path) {
    Tree tree = document;
    Place found = tree.where();
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      int end = c == '[' ? path.indexOf(']', at) : end(path, c == '.' ? at + 1 : at);
      if (end < 0) {
        return found;
      }
      Optional<Tree> next;
      if (c == '[') {
        next = item(tree, path.substring(at + 1, end));
        end++;
      } else {
        String name = path.substring(c == '.' ? at + 1 : at, end);
        Optional<Entry> entry = entry(tree, name);
        if (entry.isPresent()) {
          found = entry.get().where();
        }
        next = entry.map(Entry::value);
      }
      if (next.isEmpty()) {
        return found;
      }
      tree = next.get();
      if (c == '[') {
        found = tree.where();
      }
      at = end;
    }
    return found;
  }

  private static int end(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  private static Optional<Tree> item(Tree tree, String index) {
    return tree instanceof Sequence list
            && !index.isEmpty()
            && index.length() < 9
            && index.chars().allMatch(Character::isDigit)
            && Integer.parseInt(index) < list.items().size()
        ? Optional.of(list.items().get(Integer.parseInt(index)))
        : Optional.empty();
  }

  /** Fields may be written in either spelling. */
  private static Optional<Entry> entry(Tree tree, String name) {
    return tree instanceof Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> lowerCamelCase(entry.key()).equals(lowerCamelCase(name)))
            .findFirst()
        : Optional.empty();
  }

  static String lowerCamelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      boolean joint = i > 0 && name.charAt(i - 1) == '_';
      if (name.charAt(i) != '_') {
        camel.append(joint ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
      }
    }
    return camel.toString();
  }
}
