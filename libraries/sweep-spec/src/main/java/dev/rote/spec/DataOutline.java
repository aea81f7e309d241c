package dev.rote.spec;

import dev.rote.v1.Shape;
import java.util.List;

/**
 * What a look at a dataset's files tells of a variant, without making it.
 *
 * @param shape of one example; all zero where nobody looked
 * @param classes number of classes that labels to train on have; 0 where nobody looked
 * @param trainExamples of the training split, copies of repeated ones not included; 0 where nobody
 *     looked
 * @param validationExamples of the validation split; 0 where nobody looked
 * @param warnings what may not be meant, a sentence each
 */
public record DataOutline(
    Shape shape, int classes, long trainExamples, long validationExamples, List<String> warnings) {

  public DataOutline {
    warnings = List.copyOf(warnings);
  }

  /** Nobody looked. */
  public static DataOutline unknown() {
    return new DataOutline(Shape.getDefaultInstance(), 0, 0, 0, List.of());
  }
}
