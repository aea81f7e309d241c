package dev.rote.spec;

import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds where in a document a field is written, by its path. */
final class TreePlaces {
  /** What paths of fields of a variant begin with. */
  private static final String VARIANT = "variant.";

  /** What paths of fields of a trial begin with. */
  private static final String TRIAL = "spec.trial.";

  private final Tree document;

  /** What precedes a trial's field: paths of the trial and of what each point of an axis sets. */
  private final List<String> trials;

  /**
   * @param where the field, or the nearest that holds it
   * @param whole whether it is the field itself
   */
  private record Found(Place where, boolean whole) {}

  TreePlaces(Tree document) {
    this.document = document;
    this.trials = Stream.concat(Stream.of(TRIAL), pointPaths()).toList();
  }

  /** A violation with the place of its field, or of the nearest that holds it. */
  Violation placed(Violation violation) {
    String path = violation.path();
    if (path.startsWith(VARIANT)) {
      return ofTrials(path.substring(VARIANT.length())).map(violation::at).orElse(violation);
    }
    Place nearest = find(path).where();
    return violation.at(
        path.startsWith(TRIAL)
            ? ofTrials(path.substring(TRIAL.length())).orElse(nearest)
            : nearest);
  }

  /* A field of a trial is written in the trial, or at the points of axes: unknown where it is at several. */
  private Optional<Place> ofTrials(String field) {
    List<Place> written =
        trials.stream()
            .map(prefix -> find(prefix + field))
            .filter(Found::whole)
            .map(Found::where)
            .toList();
    return written.size() == 1 ? Optional.of(written.get(0)) : Optional.empty();
  }

  private Stream<String> pointPaths() {
    return items("spec.axes")
        .flatMap(axis -> items(axis + ".points"))
        .map(point -> point + ".set.");
  }

  /** Paths of the items of a list; none where there is no list. */
  private Stream<String> items(String list) {
    return IntStream.iterate(0, index -> index + 1)
        .mapToObj(index -> list + "[" + index + "]")
        .takeWhile(item -> find(item).whole());
  }

  private Found find(String path) {
    Tree tree = document;
    Place found = tree.where();
    int at = 0;
    while (at < path.length()) {
      char c = path.charAt(at);
      int end = c == '[' ? path.indexOf(']', at) : end(path, c == '.' ? at + 1 : at);
      if (end < 0) {
        return new Found(found, false);
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
        return new Found(found, false);
      }
      tree = next.get();
      if (c == '[') {
        found = tree.where();
      }
      at = end;
    }
    return new Found(found, true);
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
