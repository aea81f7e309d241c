package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code (x - mean) / deviation} of each channel, by two parameters that nothing trains. */
final class InputNormalization implements UnaryLayer {
  private final int channels;
  private final int area;
  private final Parameter mean;
  private final Parameter deviation;

  InputNormalization(Node node) {
    this.channels = node.extent().channels();
    this.area = node.extent().places();
    List<Parameter> all = Parameter.of(node);
    this.mean = all.get(0);
    this.deviation = all.get(1);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(mean, deviation);
  }

  @Override
  public double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    double[] centered = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      centered[i] = x[i] - mean.value()[i / area % channels];
    }
    return backwardOne(centered, n);
  }

  @Override
  public double[] backwardOne(double[] dy, int n) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = dy[i] / deviation.value()[i / area % channels];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[] dot, List<double[]> along, int n) {
    return backwardOne(dot, n);
  }
}
