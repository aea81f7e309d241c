package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An output that several layers read: each has a gradient buffer of its own, the first that of the
 * output itself, and they are summed up in the order of the readers.
 */
final class Branches implements Stage {
  private final Signal output;
  private final List<Signal> signals = new ArrayList<>();
  private final List<NativeCall> sums = new ArrayList<>();

  Branches(Signal output, int readers, Arena arena) {
    this.output = output;
    INDArray gradient = output.gradient();
    signals.add(output);
    for (int reader = 1; reader < readers; reader++) {
      if (gradient == null) {
        signals.add(output);
      } else {
        INDArray own = arena.zeros(gradient.shape());
        signals.add(new Signal(output.value(), own));
        sums.add(NativeCall.elementwise("add", gradient, own, gradient));
      }
    }
  }

  /** One for each reader. */
  List<Signal> signals() {
    return signals;
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {}

  @Override
  public void backward(@Nullable StepSettings settings) {
    sums.forEach(NativeCall::run);
  }
}
