package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stage whose gradient is that of its output through a mask: {@code dx = dy m}. */
abstract class MaskedStage implements Stage {
  private final Signal output;
  private final INDArray mask;
  private final @Nullable NativeCall backward;

  MaskedStage(Signal input, Signal output, INDArray mask) {
    this.output = output;
    this.mask = mask;
    INDArray dx = input.gradient();
    this.backward =
        dx == null
            ? null
            : NativeCall.elementwise(
                "multiply", Objects.requireNonNull(output.gradient()), mask, dx);
  }

  INDArray mask() {
    return mask;
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    if (backward != null) {
      backward.run();
    }
  }
}
