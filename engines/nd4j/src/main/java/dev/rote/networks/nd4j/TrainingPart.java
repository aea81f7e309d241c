package dev.rote.networks.nd4j;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Some examples of a batch in a {@link TrainingBlock}. */
final class TrainingPart {
  private final Stage.Signal output;
  private final int from;
  private final int count;
  private final int filters;
  private final WindowPatches patches;
  private final FloatBuffer patchValues;
  private final FloatBuffer[] convolved;
  private final MatrixProduct[] forward;
  private final MatrixProduct[] backward;
  private final INDArray weightsGradient;
  private final WindowMaximum windows;
  private final ChannelMoments moments;
  private final double[] gradientSums;
  private final double[] centeredSums;

  /* float32[F, I, J, N] */
  private final float[] best;
  private final float[] maxima;
  private final float[] found;
  private final float[] gradients;

  /* float32[N, F, I, J] */
  private final float[] features;

  TrainingPart(
      ConvolutionBlock.Layers layers, Stage.Signal output, int from, int count, Arena arena) {
    this.output = output;
    this.from = from;
    this.count = count;
    this.patches = layers.patches(count, false);
    this.windows = layers.windows(patches);
    this.filters = (int) layers.convolution().outputShape()[0];
    INDArray patch = arena.zeros(patches.taps(), patches.columns());
    INDArray w = layers.convolution().weights().value().reshape('c', filters, patches.taps());
    this.patchValues = Arena.buffer(patch);
    this.weightsGradient = arena.zeros(filters, patches.taps());
    this.convolved = new FloatBuffer[patches.bands()];
    this.forward = new MatrixProduct[patches.bands()];
    this.backward = new MatrixProduct[patches.bands()];
    for (int band = 0; band < patches.bands(); band++) {
      INDArray y = arena.zeros(filters, patches.columns());
      convolved[band] = Arena.buffer(y);
      forward[band] = arena.product(w, false, patch, false, y);
      backward[band] = arena.product(y, false, patch, true, weightsGradient);
    }
    this.moments = new ChannelMoments(filters);
    this.gradientSums = new double[filters];
    this.centeredSums = new double[filters];
    this.features = new float[count * (int) output.width()];
    this.best = new float[features.length];
    this.maxima = new float[features.length];
    this.found = new float[features.length];
    this.gradients = new float[features.length];
  }

  double valuesPerChannel() {
    return (double) patches.bands() * patches.columns();
  }

  ChannelMoments moments() {
    return moments;
  }

  /** Of the gradients before ReLU, by channel. */
  double[] gradientSums() {
    return gradientSums;
  }

  /** Of the same times the centred outputs of the convolution. */
  double[] centeredSums() {
    return centeredSums;
  }

  /** Convolves the images of these examples and takes the moments. */
  void convolve(float[] images) {
    patches.load(images, from);
    moments.clear();
    for (int band = 0; band < patches.bands(); band++) {
      patches.cut(band, patchValues);
      forward[band].run();
      moments.next(patches.columns());
      for (int f = 0; f < filters; f++) {
        windows.read(convolved[band], f * patches.columns());
        double mean = windows.sum() / patches.columns();
        moments.add(f, patches.columns(), mean, windows.squares((float) mean));
        windows.find(false, best, found, at(f, band));
      }
    }
  }

  private int at(int filter, int band) {
    return (filter * patches.bands() + band) * windows.width();
  }

  private int perFilter() {
    return patches.bands() * windows.width();
  }

  /** Normalises and writes the maxima. */
  void pool(BatchNormStep norm) {
    for (int f = 0; f < filters; f++) {
      if (norm.slope(f) < 0) {
        findSmallest(f);
      }
    }
    System.arraycopy(best, 0, maxima, 0, best.length);
    for (int f = 0; f < filters; f++) {
      WindowMaximum.activate(
          maxima,
          f * perFilter(),
          (f + 1) * perFilter(),
          norm.mean(f),
          norm.slope(f),
          norm.shift(f));
    }
    WindowPatches.transpose(maxima, features.length / count, count, features);
    Arena.buffer(output.value()).put(from * (int) output.width(), features);
  }

  /* Scales below 0 are rare: their windows are looked at again. */
  private void findSmallest(int f) {
    for (int band = 0; band < patches.bands(); band++) {
      windows.read(convolved[band], f * patches.columns());
      windows.find(true, best, found, at(f, band));
    }
  }

  /** Takes the gradients of the maxima and sums them up. */
  void takeGradients(BatchNormStep norm) {
    INDArray dy = Objects.requireNonNull(output.gradient());
    Arena.buffer(dy).get(from * (int) output.width(), features);
    WindowPatches.transpose(features, count, features.length / count, gradients);
    WindowMaximum.keepPositive(gradients, maxima);
    for (int f = 0; f < filters; f++) {
      double sum = 0;
      double centered = 0;
      float mean = norm.mean(f);
      for (int i = f * perFilter(); i < (f + 1) * perFilter(); i++) {
        sum += gradients[i];
        centered += gradients[i] * (best[i] - mean);
      }
      gradientSums[f] = sum;
      centeredSums[f] = centered;
    }
  }

  /** Turns the convolution's outputs into their gradients, and these into that of the weights. */
  void backward(BatchNormStep norm) {
    for (int band = 0; band < patches.bands(); band++) {
      for (int f = 0; f < filters; f++) {
        windows.read(convolved[band], f * patches.columns());
        windows.differentiate(gradients, found, at(f, band), norm.inputGradient(f));
        windows.write(convolved[band], f * patches.columns());
      }
      patches.cut(band, patchValues);
      backward[band].run(1, band == 0 ? 0 : 1);
    }
  }

  void addWeightsGradient(float[] sum) {
    float[] own = new float[sum.length];
    Arena.copyOut(weightsGradient, own, 0, own.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += own[i];
    }
  }
}
