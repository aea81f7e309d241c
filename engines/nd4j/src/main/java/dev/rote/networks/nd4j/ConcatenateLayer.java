package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inputs one after the other, example by example: channels come before pixels. */
final class ConcatenateLayer implements Layer {
  private final long[] shape;

  ConcatenateLayer(Extent extent) {
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    return new Joined(inputs, Layer.fresh(inputs.get(0).examples(), shape, mode, arena));
  }

  private static final class Joined implements Stage {
    private final List<Signal> inputs;
    private final Signal output;
    private final float[] all;
    private final float[][] parts;

    Joined(List<Signal> inputs, Signal output) {
      this.inputs = inputs;
      this.output = output;
      this.all = new float[(int) output.value().length()];
      this.parts = new float[inputs.size()][];
      for (int k = 0; k < parts.length; k++) {
        parts[k] = new float[(int) inputs.get(k).value().length()];
      }
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      int first = 0;
      for (int k = 0; k < parts.length; k++) {
        Arena.copyOut(inputs.get(k).value(), parts[k], 0, parts[k].length);
        int width = (int) inputs.get(k).width();
        for (int i = 0; i < output.examples(); i++) {
          System.arraycopy(parts[k], i * width, all, i * (int) output.width() + first, width);
        }
        first += width;
      }
      Arena.copyIn(all, 0, all.length, output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (output.gradient() == null) {
        return;
      }
      Arena.copyOut(Objects.requireNonNull(output.gradient()), all, 0, all.length);
      int first = 0;
      for (int k = 0; k < parts.length; k++) {
        int width = (int) inputs.get(k).width();
        INDArray dx = inputs.get(k).gradient();
        if (dx != null) {
          for (int i = 0; i < output.examples(); i++) {
            System.arraycopy(all, i * (int) output.width() + first, parts[k], i * width, width);
          }
          Arena.copyIn(parts[k], 0, parts[k].length, dx);
        }
        first += width;
      }
    }
  }
}
