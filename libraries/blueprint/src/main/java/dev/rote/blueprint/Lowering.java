package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A way of writing a model, and the nodes that it stands for. This is all that is known of it
 * anywhere: to add a preset is to write one and to name it in {@link Models}.
 */
interface Lowering {
  /** The field of the specification that this is about. */
  ModelSpec.ArchitectureCase field();

  /**
   * Fills in defaults; accepts what is not valid yet.
   *
   * @param shape of one example; all zero where only the files tell
   */
  default void fill(ModelSpec.Builder model, Shape shape) {}

  /**
   * Checks what does not depend on the data.
   *
   * @param model all defaults filled in
   */
  void check(ModelSpec model, Complaints complaints);

  /**
   * The model in plain words, such as {@code MLP with hidden layers of 64, 64 units}.
   *
   * @param model all defaults filled in
   */
  String words(ModelSpec model);

  /** Whole numbers in plain words, such as {@code 1,024, 512}. */
  static String sizes(List<Integer> sizes) {
    return sizes.stream()
        .map(size -> String.format(Locale.ROOT, "%,d", Integer.toUnsignedLong(size)))
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes the nodes.
   *
   * @param model all defaults filled in, and sound
   * @param classes logits of the last node
   */
  void lower(ModelSpec model, int classes, Nodes nodes);
}
