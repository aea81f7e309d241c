package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation, {@code y = scale ∘ x̂ + shift}, with x̂ the {@link Standardization} of each
 * example: {@code dx = P(scale ∘ dy)}.
 */
final class LayerNorm implements UnaryLayer {
  private final int length;
  private final Parameter scale;
  private final Parameter shift;
  private final Rescaling rescaling;
  private Standardization standard = new Standardization(new double[0], 0, i -> i);

  LayerNorm(Node node) {
    this.length = node.extent().length();
    List<Parameter> all = Parameter.of(node);
    this.scale = all.get(0);
    this.shift = all.get(1);
    this.rescaling = new Rescaling(scale, shift, i -> i % length);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    standard = new Standardization(x, n, i -> i / length);
    double[] y = rescaling.scaled(standard.normal());
    for (int i = 0; i < x.length; i++) {
      y[i] += shift.value()[i % length];
    }
    return y;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    for (int i = 0; i < dy.length; i++) {
      scale.gradient()[i % length] += dy[i] * standard.normal()[i];
      shift.gradient()[i % length] += dy[i];
    }
    return standard.project(rescaling.scaled(dy));
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return rescaling.tangent(standard, dot, along);
  }

  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    return rescaling.curve(standard, dyDot, dy, dot, along, products);
  }
}
