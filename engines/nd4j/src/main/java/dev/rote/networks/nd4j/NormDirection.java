package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code y = scale x̂ + shift} along a direction (ṡ, ḃ), in float64 on the heap, with x̂ and P of
 * {@link Groups}: examples of a layer norm, channels of a batch norm. {@code ẏ = scale P(ẋ) + ṡ x̂
 * + ḃ}, and with {@code a = scale dy}, {@code ȧ = ṡ dy + scale dẏ} the derivative of dx is {@code
 * P(ȧ)} and what P(a) changes by.
 */
final class NormDirection implements DirectionStage {

  /** How values of a batch lie in groups. */
  interface Layout {
    int groups();

    /** Values of a group. */
    int length();

    /** Where in memory the i-th value is, counted group by group. */
    int at(int i);

    /** Which entry of scale and shift is the i-th value's. */
    int parameter(int i);
  }

  /** Each example is a group, each of its values has a scale. */
  record Examples(int groups, int length) implements Layout {
    @Override
    public int at(int i) {
      return i;
    }

    @Override
    public int parameter(int i) {
      return i % length;
    }
  }

  /**
   * Each channel is a group and has a scale.
   *
   * @param area places of a channel of an example
   */
  record Channels(int examples, int groups, int area) implements Layout {
    @Override
    public int length() {
      return examples * area;
    }

    @Override
    public int at(int i) {
      int example = i % length() / area;
      return (example * groups + i / length()) * area + i % area;
    }

    @Override
    public int parameter(int i) {
      return i / length();
    }
  }

  private final DirectionOf of;
  private final Signal output;
  private final Layout layout;
  private final Parameter scale;
  private final boolean scaled;
  private final List<Parameter> constants;
  private final Groups groups;
  private double[] scales = new double[0];

  /**
   * @param constants mean and variance where they are constants; else none
   */
  NormDirection(
      DirectionOf of, Layout layout, Parameter scale, List<Parameter> constants, Signal output) {
    this.of = of;
    this.output = output;
    this.layout = layout;
    this.scale = scale;
    this.scaled = scale.shape().role().trained();
    this.constants = List.copyOf(constants);
    this.groups = new Groups(layout.groups(), layout.length(), !constants.isEmpty());
  }

  @Override
  public Signal output() {
    return output;
  }

  private static double[] read(INDArray array) {
    float[] values = new float[(int) array.length()];
    Arena.copyOut(array, values, 0, values.length);
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static void write(double[] values, INDArray array) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    Arena.copyIn(narrow, 0, narrow.length, array);
  }

  /** Values of a batch, group by group. */
  private double[] gather(INDArray array) {
    double[] values = read(array);
    double[] gathered = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      gathered[i] = values[layout.at(i)];
    }
    return gathered;
  }

  private void scatter(double[] gathered, INDArray array) {
    double[] values = new double[gathered.length];
    for (int i = 0; i < values.length; i++) {
      values[layout.at(i)] = gathered[i];
    }
    write(values, array);
  }

  /** Standardises the inputs again. */
  private void standardize() {
    double[] x = gather(of.input().value());
    if (constants.isEmpty()) {
      groups.standardize(x);
    } else {
      groups.standardize(x, read(constants.get(0).value()), read(constants.get(1).value()));
    }
    scales = read(scale.value());
  }

  /** ṡ; zero where the scale is not trained. */
  private double[] scaleDot() {
    return scaled ? read(of.along().get(0)) : new double[scales.length];
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    standardize();
    groups.follow(gather(of.dot().value()));
    double[] normal = groups.normal();
    double[] normalDot = groups.normalDot();
    double[] scaleDot = scaleDot();
    double[] shiftDot = read(of.along().get(scaled ? 1 : 0));
    double[] y = new double[normal.length];
    for (int i = 0; i < y.length; i++) {
      int j = layout.parameter(i);
      y[i] = scales[j] * normalDot[i] + scaleDot[j] * normal[i] + shiftDot[j];
    }
    scatter(y, output.value());
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    double[] a = gather(of.output().wanted());
    double[] below = gather(output.wanted());
    double[] normal = groups.normal();
    double[] normalDot = groups.normalDot();
    double[] scaleDot = scaleDot();
    double[] scaleProduct = new double[scales.length];
    double[] shiftProduct = new double[scales.length];
    for (int i = 0; i < a.length; i++) {
      int j = layout.parameter(i);
      scaleProduct[j] += below[i] * normal[i] + a[i] * normalDot[i];
      shiftProduct[j] += below[i];
      below[i] = scaleDot[j] * a[i] + scales[j] * below[i];
      a[i] *= scales[j];
    }
    write(scaleProduct, shiftProduct);
    groups.project(below);
    groups.addTurn(a, below);
    scatter(below, of.dot().wanted());
  }

  private void write(double[] ofScale, double[] ofShift) {
    if (scaled) {
      write(ofScale, of.products().get(0));
    }
    write(ofShift, of.products().get(scaled ? 1 : 0));
  }

  @Override
  public void gradients() {
    standardize();
    double[] dy = gather(of.output().wanted());
    double[] scaleGradient = new double[scales.length];
    double[] shiftGradient = new double[scales.length];
    for (int i = 0; i < dy.length; i++) {
      int j = layout.parameter(i);
      scaleGradient[j] += dy[i] * groups.normal()[i];
      shiftGradient[j] += dy[i];
    }
    write(scaleGradient, shiftGradient);
  }
}
