package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

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
   * Writes the nodes.
   *
   * @param model all defaults filled in, and sound
   * @param classes logits of the last node
   */
  void lower(ModelSpec model, int classes, Nodes nodes);
}
