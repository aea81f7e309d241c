package dev.rote.corruption.datasets;

import java.util.List;

/**
 * What a dataset will hold.
 *
 * @param train examples of the training split
 * @param validation examples of the validation split
 * @param classes number of classes
 * @param shape of one example, pooled
 * @param levels whether inputs are grey levels; else they are numbers
 * @param warnings what may not be meant, a sentence each
 */
public record Outline(
    long train,
    long validation,
    int classes,
    ImageShape shape,
    boolean levels,
    List<String> warnings) {
  public Outline {
    warnings = List.copyOf(warnings);
  }

  /** Of what is open, without warnings. */
  public static Outline of(OpenDataset open) {
    return new Outline(
        open.train().size(),
        open.validation().size(),
        open.classes(),
        open.shape(),
        open.train().isLevels(),
        List.of());
  }

  Outline warning(List<String> sentences) {
    return new Outline(train, validation, classes, shape, levels, sentences);
  }
}
