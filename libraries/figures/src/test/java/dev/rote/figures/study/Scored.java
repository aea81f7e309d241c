package dev.rote.figures.study;

import com.google.protobuf.ByteString;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScore.Suspect;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.Measurement;
import java.util.List;

/** Scores of examples made by hand. */
public final class Scored {
  private final ExampleScoreValues.Builder values = ExampleScoreValues.newBuilder();

  /** Examples with these indices in the source, all labelled 0, as the dataset does. */
  public static Scored of(int... sourceIndices) {
    Scored scored = new Scored();
    for (int index : sourceIndices) {
      scored.values.addSourceIndices(index).addLabels(0).addSourceLabels(0);
    }
    return scored;
  }

  /** Trains on these labels. */
  public Scored labels(int... labels) {
    values.clearLabels();
    for (int label : labels) {
      values.addLabels(label);
    }
    return this;
  }

  /** Has the network predict these classes. */
  public Scored predicted(int... classes) {
    for (int predicted : classes) {
      values.addPredictions(predicted + 1);
    }
    return this;
  }

  /** Replaces the inputs of examples by their positions. */
  public Scored replaced(int... examples) {
    values.setReplacedInputs(bits(examples));
    return this;
  }

  /** Gives examples, by their positions, the class that does not exist. */
  public Scored threshold(int... examples) {
    values.setThresholdClass(bits(examples));
    return this;
  }

  public Scored score(String name, Suspect suspect, double... numbers) {
    ExampleScore.Builder score = values.addScoresBuilder().setName(name).setSuspect(suspect);
    for (double number : numbers) {
      score.addValues((float) number);
    }
    return this;
  }

  /** Makes values of the last score lower bounds. */
  public Scored censored(int... examples) {
    values.getScoresBuilder(values.getScoresCount() - 1).setCensored(bits(examples));
    return this;
  }

  private ByteString bits(int... examples) {
    byte[] bits = new byte[(values.getSourceIndicesCount() + 7) / 8];
    for (int example : examples) {
      bits[example / 8] |= (byte) (1 << example % 8);
    }
    return ByteString.copyFrom(bits);
  }

  public ExampleScoreValues values() {
    return values.build();
  }

  /** A measurement of one checkpoint. */
  public Measurement at(int epoch) {
    return measurement(List.of(epoch), List.of(this));
  }

  /** A measurement of several checkpoints. */
  public static Measurement measurement(List<Integer> epochs, List<Scored> scored) {
    Measurement.Builder measurement = Measurement.newBuilder();
    for (int i = 0; i < epochs.size(); i++) {
      measurement.addCheckpointsBuilder().setEpoch(epochs.get(i)).setScores(scored.get(i).values);
    }
    return measurement.build();
  }
}
