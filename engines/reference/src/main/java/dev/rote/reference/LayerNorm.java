package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.Normalization;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation, {@code y = scale ∘ x̂ + shift}, {@code x̂ = r (x - mean)}, {@code r = 1 /
 * sqrt(variance + eps)}, statistics of an example. With {@code P(v) = r (v - mean(v) - x̂ mean(x̂
 * v))}, the derivative of x̂ along v: {@code dx = P(scale ∘ dy)}, {@code R{x̂} = P(ẋ)} and {@code
 * R{r} = -r² mean(x̂ ẋ)}.
 */
final class LayerNorm implements UnaryLayer {
  private final int length;
  private final Parameter scale;
  private final Parameter shift;
  private double[] normal = new double[0];
  private double[] inverse = new double[0];

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

  /** Mean of an example, from {@code at} on. */
  private double mean(double[] v, int at) {
    double sum = 0;
    for (int j = 0; j < length; j++) {
      sum += v[at + j];
    }
    return sum / length;
  }

  /** Mean of a product of two arrays over an example. */
  private double mean(double[] v, double[] w, int at) {
    double sum = 0;
    for (int j = 0; j < length; j++) {
      sum += v[at + j] * w[at + j];
    }
    return sum / length;
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    normal = new double[x.length];
    inverse = new double[n];
    double[] y = new double[x.length];
    for (int i = 0; i < n; i++) {
      int at = i * length;
      double mean = mean(x, at);
      for (int j = 0; j < length; j++) {
        normal[at + j] = x[at + j] - mean;
      }
      inverse[i] = 1 / Math.sqrt(mean(normal, normal, at) + Normalization.EPSILON);
      for (int j = 0; j < length; j++) {
        normal[at + j] *= inverse[i];
        y[at + j] = scale.value()[j] * normal[at + j] + shift.value()[j];
      }
    }
    return y;
  }

  /** P(v) of each example. */
  private double[] project(double[] v, int n) {
    double[] projected = new double[v.length];
    for (int i = 0; i < n; i++) {
      int at = i * length;
      double mean = mean(v, at);
      double along = mean(normal, v, at);
      for (int j = 0; j < length; j++) {
        projected[at + j] = inverse[i] * (v[at + j] - mean - normal[at + j] * along);
      }
    }
    return projected;
  }

  /** {@code factors ∘ v}, of each example. */
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
      scale.gradient()[i % length] += dy[i] * normal[i];
      shift.gradient()[i % length] += dy[i];
    }
    return project(scaled(dy), n);
  }

  /** {@code ẏ = scale ∘ P(ẋ) + ṡ ∘ x̂ + ḃ}, along (ṡ, ḃ). */
  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    double[] tangent = scaled(project(dot, n));
    for (int i = 0; i < tangent.length; i++) {
      tangent[i] += along.get(0)[i % length] * normal[i] + along.get(1)[i % length];
    }
    return tangent;
  }

  /**
   * With {@code a = scale ∘ dy}, {@code ȧ = ṡ ∘ dy + scale ∘ dẏ} and {@code ẑ = R{x̂}}: {@code
   * R{dx} = P(ȧ) - r (ẑ mean(x̂ a) + x̂ mean(ẑ a)) + R{r}/r P(a)}.
   */
  @Override
  public double[] curve(
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products,
      int n) {
    double[] normalDot = project(dot, n);
    double[] a = scaled(dy);
    double[] aDot = scaled(dyDot);
    for (int i = 0; i < dy.length; i++) {
      int j = i % length;
      aDot[i] += along.get(0)[j] * dy[i];
      products.get(0)[j] += dyDot[i] * normal[i] + dy[i] * normalDot[i];
      products.get(1)[j] += dyDot[i];
    }
    double[] projected = project(a, n);
    double[] below = project(aDot, n);
    for (int i = 0; i < n; i++) {
      int at = i * length;
      double ofNormal = mean(normal, a, at);
      double ofDot = mean(normalDot, a, at);
      double shrinks = -inverse[i] * mean(normal, dot, at);
      for (int j = at; j < at + length; j++) {
        below[j] += shrinks * projected[j];
        below[j] -= inverse[i] * (normalDot[j] * ofNormal + normal[j] * ofDot);
      }
    }
    return below;
  }
}
