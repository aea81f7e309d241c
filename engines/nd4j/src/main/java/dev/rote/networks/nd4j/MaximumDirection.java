package dev.rote.networks.nd4j;

import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A max pool along a direction: derivatives pass at the first of the largest values. */
final class MaximumDirection implements Stage {
  private final Window window;
  private final INDArray x;
  private final Signal dot;
  private final Signal output;
  private final float[] images;
  private final float[] pooled;
  private final int[] chosen;

  MaximumDirection(Window window, INDArray x, Signal dot, Signal output) {
    this.window = window;
    this.x = x;
    this.dot = dot;
    this.output = output;
    this.images = new float[(int) x.length()];
    this.pooled = new float[(int) output.value().length()];
    this.chosen = new int[pooled.length];
  }

  @Override
  public Signal output() {
    return output;
  }

  /** Finds the largest value of each window. */
  private void choose() {
    int height = (int) x.size(2);
    int width = (int) x.size(3);
    int rows = (int) output.value().size(2);
    int columns = (int) output.value().size(3);
    Arena.copyOut(x, images, 0, images.length);
    for (int i = 0; i < chosen.length; i++) {
      int image = i / (rows * columns) * height * width;
      int top = i / columns % rows * window.stride() - window.before(height);
      int left = i % columns * window.stride() - window.before(width);
      int best = -1;
      for (int y = Math.max(top, 0); y < Math.min(top + window.size(), height); y++) {
        for (int at = Math.max(left, 0); at < Math.min(left + window.size(), width); at++) {
          int pixel = image + y * width + at;
          best = best < 0 || Float.compare(images[pixel], images[best]) > 0 ? pixel : best;
        }
      }
      chosen[i] = best;
    }
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    choose();
    Arena.copyOut(dot.value(), images, 0, images.length);
    for (int i = 0; i < chosen.length; i++) {
      pooled[i] = images[chosen[i]];
    }
    Arena.copyIn(pooled, 0, pooled.length, output.value());
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    Arena.copyOut(output.wanted(), pooled, 0, pooled.length);
    Arrays.fill(images, 0);
    for (int i = 0; i < chosen.length; i++) {
      images[chosen[i]] += pooled[i];
    }
    Arena.copyIn(images, 0, images.length, dot.wanted());
  }
}
