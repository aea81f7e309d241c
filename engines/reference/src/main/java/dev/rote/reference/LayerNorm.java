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
  private Standardization standard = new Standardization(new double[0], 0, i -> i);

  LayerNorm(Node node) {
    this.length = node.extent().length();
    List<Parameter> all = Parameter.of(node);
    this.scale = all.get(0);
    this.shift = all.get(1);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    standard = new Standardization(x, n, i -> i / length);
    double[] y = scaled(standard.normal());
    for (int i = 0; i < x.length; i++) {
      y[i] += shift.value()[i % length];
    }
    return y;
  }

  /** {@code scale ∘ v}, of each example. */
  private double[] scaled(double[] v) {
    double[] scaled = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      scaled[i] = scale.value()[i % length] * v[i];
    }
    return scaled;
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    for (int i = 0; i < dy.length; i++) {
      scale.gradient()[i % length] += dy[i] * standard.normal()[i];
      shift.gradient()[i % length] += dy[i];
    }
    return standard.project(scaled(dy));
  }

  /** {@code ẏ = scale ∘ P(ẋ) + ṡ ∘ x̂ + ḃ}, along (ṡ, ḃ). */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    double[] tangent = scaled(standard.project(dot));
    for (int i = 0; i < tangent.length; i++) {
      tangent[i] += along.get(0)[i % length] * standard.normal()[i] + along.get(1)[i % length];
    }
    return tangent;
  }

  /**
   * With {@code a = scale ∘ dy}, {@code ȧ = ṡ ∘ dy + scale ∘ dẏ} and {@code ẑ = P(ẋ)}: {@code R{dx}
   * = P(ȧ)} and what P(a) turns by.
   */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] normalDot = standard.project(dot);
    double[] aDot = scaled(dyDot);
    for (int i = 0; i < dy.length; i++) {
      int j = i % length;
      aDot[i] += along.get(0)[j] * dy[i];
      products.get(0)[j] += dyDot[i] * standard.normal()[i] + dy[i] * normalDot[i];
      products.get(1)[j] += dyDot[i];
    }
    double[] below = standard.project(aDot);
    double[] turned = standard.turn(scaled(dy), dot, normalDot);
    for (int i = 0; i < below.length; i++) {
      below[i] += turned[i];
    }
    return below;
  }
}
