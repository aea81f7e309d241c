package dev.rote.networks.nd4j;

import dev.rote.blueprint.LocalResponseNorm;
import dev.rote.networks.StepSettings;
import org.jspecify.annotations.Nullable;

/**
 * Local response normalisation along a direction. With {@code ṡ = 2 alpha Σ_j x_j ẋ_j}, {@code q =
 * dy x s^(-beta-1)} and {@code q̇ = (dẏ x + dy ẋ) s^(-beta-1) - (beta + 1) dy x s^(-beta-2) ṡ}:
 * {@code ẏ = ẋ s^-beta - beta x s^(-beta-1) ṡ}, and the derivative of dx is {@code dẏ s^-beta -
 * beta dy s^(-beta-1) ṡ - 2 alpha beta (ẋ Σ q + x Σ q̇)}.
 */
final class LocalResponseDirection implements Stage {
  private final LocalResponseNorm op;
  private final LocalResponseNormLayer layer;
  private final DirectionOf of;
  private final Signal output;
  private final float[] x;
  private final float[] dot;
  private final float[] divisors;
  private final float[] powers;
  private final float[] divisorDots;
  private final float[] work;

  LocalResponseDirection(
      LocalResponseNorm op, LocalResponseNormLayer layer, DirectionOf of, Signal output) {
    this.op = op;
    this.layer = layer;
    this.of = of;
    this.output = output;
    int length = (int) output.value().length();
    this.x = new float[length];
    this.dot = new float[length];
    this.divisors = new float[length];
    this.powers = new float[length];
    this.divisorDots = new float[length];
    this.work = new float[length];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    Arena.copyOut(of.input().value(), x, 0, x.length);
    Arena.copyOut(of.dot().value(), dot, 0, dot.length);
    layer.divide(x, work, divisors, powers);
    for (int i = 0; i < x.length; i++) {
      work[i] = x[i] * dot[i];
    }
    layer.neighbours(work, divisorDots);
    float beta = (float) op.beta();
    for (int i = 0; i < x.length; i++) {
      divisorDots[i] *= (float) (2 * op.alpha());
      work[i] = powers[i] * (dot[i] - beta * x[i] / divisors[i] * divisorDots[i]);
    }
    Arena.copyIn(work, 0, work.length, output.value());
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    int length = x.length;
    float[] dy = new float[length];
    float[] dyDot = new float[length];
    float[] pulled = new float[length];
    float[] pulledDot = new float[length];
    Arena.copyOut(of.output().wanted(), dy, 0, length);
    Arena.copyOut(output.wanted(), dyDot, 0, length);
    for (int i = 0; i < length; i++) {
      work[i] = dy[i] * x[i] * powers[i] / divisors[i];
    }
    layer.neighbours(work, pulled);
    float beta = (float) op.beta();
    for (int i = 0; i < length; i++) {
      float grows = (beta + 1) * dy[i] * x[i] / divisors[i] * divisorDots[i];
      work[i] = powers[i] / divisors[i] * (dyDot[i] * x[i] + dy[i] * dot[i] - grows);
    }
    layer.neighbours(work, pulledDot);
    float factor = (float) (2 * op.alpha() * op.beta());
    for (int i = 0; i < length; i++) {
      float direct = powers[i] * (dyDot[i] - beta * dy[i] / divisors[i] * divisorDots[i]);
      work[i] = direct - factor * (dot[i] * pulled[i] + x[i] * pulledDot[i]);
    }
    Arena.copyIn(work, 0, length, of.dot().wanted());
  }
}
