package dev.rote.weights;

import java.io.Closeable;
import java.io.IOException;

/** Takes the values of arrays that were named before, one array after another in their order. */
public interface WeightSink extends Closeable {

  /** Writes the next array, of {@link ArrayType#F32}. */
  void floats(float[] values) throws IOException;

  /** Writes the next array, a single value of {@link ArrayType#I64}. */
  void count(long value) throws IOException;
}
