package dev.rote.metrics.examples;

import com.google.protobuf.ByteString;
import dev.rote.v1.ExampleScoreValues;

/** Which examples scores are of. */
public final class ScoredExamples {
  private ScoredExamples() {}

  /** Indices, labels and masks of all examples of a set, to which scores are to be added. */
  public static ExampleScoreValues.Builder of(ExampleSet examples) {
    ExampleScoreValues.Builder values = ExampleScoreValues.newBuilder();
    BitMask replaced = new BitMask(examples.size());
    BitMask threshold = new BitMask(examples.size());
    boolean any = false;
    for (int i = 0; i < examples.size(); i++) {
      values
          .addSourceIndices(examples.sourceIndex(i))
          .addLabels(examples.label(i))
          .addSourceLabels(examples.sourceLabel(i));
      if (examples.inputReplaced(i)) {
        replaced.set(i);
      }
      if (examples.thresholdClass(i)) {
        threshold.set(i);
        any = true;
      }
    }
    if (any) {
      values.setThresholdClass(ByteString.copyFrom(threshold.toBytes()));
    }
    return values.setReplacedInputs(ByteString.copyFrom(replaced.toBytes()));
  }
}
