package dev.rote.trainer.trials;

import dev.rote.artifacts.variants.LocalVariant;
import dev.rote.trainer.training.Examples;
import dev.rote.v1.Shape;

/** A mapped split of a variant as examples to train on. */
record VariantExamples(LocalVariant variant) implements Examples {

  @Override
  public int count() {
    return Math.toIntExact(variant.examples());
  }

  @Override
  public Shape shape() {
    return variant.shape();
  }

  @Override
  public int classes() {
    return variant.classes();
  }

  @Override
  public void inputs(int[] indices, int n, float[] out) {
    variant.inputs(indices, n, out);
  }

  @Override
  public int label(int index) {
    return variant.label(index);
  }

  @Override
  public boolean corrupted(int index) {
    return variant.corrupted(index);
  }
}
