package dev.rote.cuda;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.Normalization;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Layer normalisation, {@code y = scale ∘ (x - mean) / sqrt(variance + eps) + shift}, statistics of
 * an example.
 */
final class LayerNormLayer implements Layer {
  private final Layout below;
  private final int length;
  private final Parameter scale;
  private final Parameter shift;
  private FloatPointer input = new FloatPointer();
  private FloatPointer output = new FloatPointer();
  private FloatPointer inputGradient = new FloatPointer();
  private FloatPointer mean = new FloatPointer();
  private FloatPointer inverse = new FloatPointer();

  /**
   * @param below how the input lies on the card
   */
  LayerNormLayer(Node node, Layout below) {
    this.below = below;
    this.length = below.length();
    /* Values of an image: channels first in checkpoints, last on the card. */
    IntUnaryOperator order =
        below.kind() == Layout.Kind.ENTERING ? IntUnaryOperator.identity() : below::unit;
    this.scale = new Parameter(node.parameters().get(0), order);
    this.shift = new Parameter(node.parameters().get(1), order);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public Layout layout() {
    return below;
  }

  @Override
  public long bufferLength() {
    return 2L * length + 2;
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * length);
    inputGradient = memory.floats((long) capacity * length);
    mean = memory.floats(capacity);
    inverse = memory.floats(capacity);
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    input = inputs.get(0);
    pass.kernel("normalizeRows")
        .with(input)
        .with(length)
        .with(Normalization.EPSILON)
        .with(scale.value())
        .with(shift.value())
        .with(mean)
        .with(inverse)
        .with(output)
        .overRows(pass.n(), length);
    return output;
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (wanted) {
      pass.kernel("normalizeRowsGradient")
          .with(dy)
          .with(input)
          .with(length)
          .with(scale.value())
          .with(mean)
          .with(inverse)
          .with(inputGradient)
          .overRows(pass.n(), length);
    }
    if (pass.training()) {
      pass.kernel("updateRowNormalization")
          .with(dy)
          .with(input)
          .with(mean)
          .with(inverse)
          .with(pass.n())
          .with(length)
          .with(shift.value())
          .with(shift.momentum())
          .with(shift.gathered())
          .with(scale.value())
          .with(scale.momentum())
          .with(scale.gathered())
          .with(pass.settings().all())
          .overColumns(length, 1);
    }
    return List.of(wanted ? inputGradient : dy);
  }
}
