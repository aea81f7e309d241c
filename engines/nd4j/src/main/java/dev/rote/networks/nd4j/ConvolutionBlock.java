package dev.rote.networks.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution, batch normalisation, ReLU and pool in inference, band by band of the pool's output:
 * what the convolution computes is pooled while it is in a cache, and never written as a whole.
 */
final class ConvolutionBlock {

  /** The layers of a block. */
  record Layers(ConvolutionLayer convolution, BatchNormLayer norm, PoolLayer pool) {
    /** Whether every pixel is in one window of the pool at most, and none is beyond the border. */
    boolean fits() {
      return pool.window().stride() >= pool.window().size() && !pool.padded();
    }

    /** Whether every pixel is in exactly one window of the pool. */
    boolean coversAll() {
      int size = pool.window().size();
      long[] pixels = convolution.outputShape();
      return fits()
          && pool.window().stride() == size
          && pixels[1] % size == 0
          && pixels[2] % size == 0;
    }

    WindowPatches patches(int examples, boolean gradient) {
      return new WindowPatches(
          convolution.inputShape(), examples, convolution.window(), pool.window(), gradient);
    }

    WindowMaximum windows(WindowPatches patches) {
      int places = pool.window().size() * pool.window().size();
      return new WindowMaximum(places, patches.columns() / places);
    }
  }

  private final Layers layers;
  private final WindowPatches patches;
  private final FloatBuffer patchValues;
  private final FloatBuffer convolved;
  private final MatrixProduct forward;
  private final MatrixProduct backward;
  private final boolean gradient;
  private final int filters;
  private final WindowMaximum windows;
  private final float[] pooled;
  private final float[] found;
  private final float[] pooledGradients;
  private float[] slope = new float[0];

  ConvolutionBlock(Layers layers, int examples, boolean gradient, Arena arena) {
    this.layers = layers;
    this.gradient = gradient;
    this.patches = layers.patches(examples, gradient);
    this.windows = layers.windows(patches);
    this.filters = (int) layers.convolution().outputShape()[0];
    INDArray patch = arena.zeros(patches.taps(), patches.columns());
    INDArray y = arena.zeros(filters, patches.columns());
    INDArray w = layers.convolution().weights().value().reshape('c', filters, patches.taps());
    this.forward = arena.product(w, false, patch, false, y);
    this.backward = arena.product(w, true, y, false, patch);
    this.patchValues = Arena.buffer(patch);
    this.convolved = Arena.buffer(y);
    int length = filters * patches.bands() * windows.width();
    this.pooled = new float[length];
    this.found = new float[gradient ? length : 0];
    this.pooledGradients = new float[gradient ? length : 0];
  }

  /** What goes in, and its gradient. */
  WindowPatches patches() {
    return patches;
  }

  /** float32[F, I, J, N] */
  float[] pooled() {
    return pooled;
  }

  /** Gradient of {@link #pooled()}, to be written before {@link #backward()}. */
  float[] pooledGradients() {
    return pooledGradients;
  }

  void forward() {
    slope = layers.norm().slopes();
    float[] mean = layers.norm().read(layers.norm().mean());
    float[] shift = layers.norm().read(layers.norm().shift());
    for (int band = 0; band < patches.bands(); band++) {
      patches.cut(band, patchValues);
      forward.run();
      for (int f = 0; f < filters; f++) {
        windows.read(convolved, f * patches.columns());
        int at = (f * patches.bands() + band) * windows.width();
        if (gradient) {
          windows.find(slope[f] < 0, pooled, found, at);
        } else {
          windows.best(slope[f] < 0, pooled, at);
        }
      }
    }
    int length = patches.bands() * windows.width();
    for (int f = 0; f < filters; f++) {
      WindowMaximum.activate(pooled, f * length, (f + 1) * length, mean[f], slope[f], shift[f]);
    }
  }

  void backward() {
    patches.clearGradients();
    WindowMaximum.keepPositive(pooledGradients, pooled);
    for (int band = 0; band < patches.bands(); band++) {
      for (int f = 0; f < filters; f++) {
        int at = (f * patches.bands() + band) * windows.width();
        windows.spread(pooledGradients, found, at, slope[f]);
        windows.write(convolved, f * patches.columns());
      }
      backward.run();
      patches.add(band, patchValues);
    }
  }
}
