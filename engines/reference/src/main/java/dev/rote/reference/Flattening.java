package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same values under another shape. */
final class Flattening implements UnaryLayer {
  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    return x;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    return dy;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return dot;
  }
}
