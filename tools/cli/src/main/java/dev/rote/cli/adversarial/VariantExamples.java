package dev.rote.cli.adversarial;

import dev.rote.v1.Shape;
import dev.rote.v1.StreamExamplesResponse;
import java.util.Iterator;

/** Examples of a variant as they come from the corruption service. */
public final class VariantExamples implements Iterator<ExampleBlock> {
  private final Shape shape;
  private final Iterator<StreamExamplesResponse> chunks;

  public VariantExamples(Shape shape, Iterator<StreamExamplesResponse> chunks) {
    this.shape = shape;
    this.chunks = chunks;
  }

  @Override
  public boolean hasNext() {
    return chunks.hasNext();
  }

  @Override
  public ExampleBlock next() {
    StreamExamplesResponse chunk = chunks.next();
    return new ExampleBlock(shape, chunk.getInputs(), chunk.getLabelsList());
  }
}
