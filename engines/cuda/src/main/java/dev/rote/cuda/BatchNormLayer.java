package dev.rote.cuda;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.Normalization;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Batch normalisation per channel, {@code y = scale (x - mean) / sqrt(variance + eps) + shift}, and
 * a ReLU where one follows, with the (biased) statistics of the batch while training and running
 * averages of them in inference (Ioffe and Szegedy, ICML 2015, Algorithms 1 and 2). Differs from
 * the paper: the running variance is not corrected by M / (M - 1).
 */
final class BatchNormLayer implements Layer {
  /* Sums over rows are made in chunks side by side: at most so many, of at least so many rows. */
  private static final int CHUNKS = 256;
  private static final int LEAST_ROWS = 128;

  private final Layout below;
  private final boolean relu;
  private final ImageShape shape;
  private final int channels;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private FloatPointer input = new FloatPointer();
  private FloatPointer output = new FloatPointer();
  private FloatPointer mean = new FloatPointer();
  private FloatPointer inverse = new FloatPointer();
  private DoublePointer shifts = new DoublePointer();
  private DoublePointer scales = new DoublePointer();
  private DoublePointer totals = new DoublePointer();
  private FloatPointer means = new FloatPointer();

  /**
   * @param below how the input lies on the card
   * @param relu whether a ReLU follows
   */
  BatchNormLayer(Node node, Layout below, boolean relu) {
    this.below = below;
    this.relu = relu;
    this.shape = below.channels();
    this.channels = shape.channels();
    IntUnaryOperator order =
        below.kind() == Layout.Kind.UNITS ? below::unit : IntUnaryOperator.identity();
    List<Parameter> all =
        node.parameters().stream().map(parameter -> new Parameter(parameter, order)).toList();
    this.scale = all.get(0);
    this.shift = all.get(1);
    this.runningMean = all.get(2);
    this.runningVariance = all.get(3);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  @Override
  public Layout layout() {
    return below;
  }

  @Override
  public long bufferLength() {
    return shape.length();
  }

  @Override
  public void allocate(DeviceMemory memory, int capacity) {
    output = memory.floats((long) capacity * shape.length());
    mean = memory.floats(channels);
    inverse = memory.floats(channels);
    totals = memory.doubles(2L * channels);
    means = memory.floats(2L * channels);
    shifts = memory.doubles((long) CHUNKS * channels);
    scales = memory.doubles((long) CHUNKS * channels);
  }

  @Override
  public FloatPointer forward(Pass pass, List<FloatPointer> inputs) {
    FloatPointer x = inputs.get(0);
    input = x;
    if (pass.training()) {
      takeMoments(pass);
    } else {
      pass.kernel("invertDeviations")
          .with(runningVariance.value())
          .with(channels)
          .with(Normalization.EPSILON)
          .with(inverse)
          .overElements(channels);
    }
    pass.kernel("normalize")
        .with(x)
        .with(mean(pass))
        .with(inverse)
        .with(scale.value())
        .with(shift.value())
        .with(count(pass))
        .with(channels)
        .with(relu ? 1 : 0)
        .with(output)
        .overElements(count(pass));
    return output;
  }

  /** Mean and deviation of the batch. The buffers of both sums serve the way back too. */
  private void takeMoments(Pass pass) {
    pass.kernel("sumMoments")
        .with(input)
        .with(rows(pass))
        .with(channels)
        .with(chunk(pass))
        .with(shifts)
        .with(scales)
        .overColumns(channels, chunks(pass));
    pass.kernel("finishMoments")
        .with(shifts)
        .with(scales)
        .with(chunks(pass))
        .with(rows(pass))
        .with(channels)
        .with(Normalization.DECAY)
        .with(Normalization.EPSILON)
        .with(mean)
        .with(inverse)
        .with(runningMean.value())
        .with(runningVariance.value())
        .overColumns(channels, 1);
  }

  @Override
  public List<FloatPointer> backward(Pass pass, FloatPointer dy, boolean wanted) {
    if (pass.training()) {
      sumPulls(pass, dy);
    }
    pass.kernel("normalizeGradient")
        .with(dy)
        .with(output)
        .with(input)
        .with(mean(pass))
        .with(inverse)
        .with(scale.value())
        .with(pass.training() ? means : null)
        .with(count(pass))
        .with(channels)
        .with(relu ? 1 : 0)
        .overElements(count(pass));
    if (pass.training()) {
      pass.kernel("updateNormalization")
          .with(shift.value())
          .with(shift.momentum())
          .with(shift.gathered())
          .with(scale.trained() ? scale.value() : null)
          .with(scale.momentum())
          .with(scale.gathered())
          .with(totals)
          .with(channels)
          .with(pass.settings().all())
          .overElements(channels);
    }
    return List.of(dy);
  }

  private void sumPulls(Pass pass, FloatPointer dy) {
    pass.kernel("sumPulls")
        .with(dy)
        .with(output)
        .with(input)
        .with(mean)
        .with(inverse)
        .with(rows(pass))
        .with(channels)
        .with(chunk(pass))
        .with(relu ? 1 : 0)
        .with(shifts)
        .with(scales)
        .overColumns(channels, chunks(pass));
    pass.kernel("finishPulls")
        .with(shifts)
        .with(scales)
        .with(chunks(pass))
        .with(rows(pass))
        .with(channels)
        .with(totals)
        .with(means)
        .overColumns(channels, 1);
  }

  private FloatPointer mean(Pass pass) {
    return pass.training() ? mean : runningMean.value();
  }

  private int rows(Pass pass) {
    return Math.multiplyExact(pass.n(), shape.places());
  }

  private int count(Pass pass) {
    return Math.multiplyExact(pass.n(), shape.length());
  }

  private int chunk(Pass pass) {
    return Math.max(LEAST_ROWS, (rows(pass) + CHUNKS - 1) / CHUNKS);
  }

  private int chunks(Pass pass) {
    return (rows(pass) + chunk(pass) - 1) / chunk(pass);
  }
}
