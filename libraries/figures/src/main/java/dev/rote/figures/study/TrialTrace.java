package dev.rote.figures.study;

import dev.rote.v1.TraceBlock;
import java.io.IOException;

/** What a trial's network said of every training example after each epoch, as far as it is kept. */
public interface TrialTrace {

  /**
   * Hands over each block of examples with its epochs in order, one of them in memory at a time.
   *
   * @throws IOException of the reader
   */
  void read(Reader reader) throws IOException;

  /** Takes a trace. */
  interface Reader {

    /** A block of examples at an epoch. */
    void take(TracedExamples examples, TraceBlock block) throws IOException;
  }
}
