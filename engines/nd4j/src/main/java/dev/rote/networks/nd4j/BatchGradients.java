package dev.rote.networks.nd4j;

import dev.rote.recipes.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * Values and first derivatives of a multilayer perceptron at one batch size, in the host's memory.
 *
 * <p>Layer l is {@code z = x W}, where x has a last column of ones and W a last row of biases.
 */
final class BatchGradients {
  private final List<DenseLayer> layers;
  private final int n;
  private final List<Values> values = new ArrayList<>();
  private final LossCurvature curvature;

  /**
   * @param layers of the network, a ReLU between any two
   */
  BatchGradients(List<DenseLayer> layers, Loss loss, int n, HostArena arena) {
    this.layers = layers;
    this.n = n;
    for (DenseLayer layer : layers) {
      values.add(Values.of(layer.in(), layer.out(), n, arena));
    }
    this.curvature = LossCurvature.of(loss, layers.get(layers.size() - 1).out());
  }

  /**
   * Of one layer.
   *
   * @param weights W, float32[in + 1, out]
   * @param inputs x, float32[n, in + 1]
   * @param outputs z, float32[n, out]
   * @param deltas δ = ∂L/∂z, float32[n, out]
   * @param inputCopy x on the heap
   * @param outputCopy of the last z or δ on the heap
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Values(
      HostMatrix weights,
      HostMatrix inputs,
      HostMatrix outputs,
      HostMatrix deltas,
      float[] inputCopy,
      float[] outputCopy) {
    static Values of(int in, int out, int n, HostArena arena) {
      float[] inputs = new float[n * (in + 1)];
      for (int at = in; at < inputs.length; at += in + 1) {
        inputs[at] = 1;
      }
      return new Values(
          arena.zeros(in + 1, out),
          arena.zeros(n, in + 1),
          arena.zeros(n, out),
          arena.zeros(n, out),
          inputs,
          new float[n * out]);
    }

    int in() {
      return inputs.columns() - 1;
    }

    /** Loads the weights, and the biases as their last row. */
    void load(DenseLayer layer) {
      float[] all = new float[weights.rows() * weights.columns()];
      int at = 0;
      for (Parameter parameter : layer.parameters()) {
        Arena.copyOut(parameter.value(), all, at, parameter.length());
        at += parameter.length();
      }
      weights.put(all);
    }

    /** Takes float32[n, in] as inputs. */
    void take(float[] rows) {
      for (int i = 0; i < inputs.rows(); i++) {
        System.arraycopy(rows, i * in(), inputCopy, i * (in() + 1), in());
      }
      inputs.put(inputCopy);
    }

    void forward() {
      outputs.product(1, inputs, weights, 0);
      outputs.get(outputCopy);
    }

    /** The outputs copied last as inputs, through a ReLU. */
    void takePositive(float[] outputsBelow) {
      for (int i = 0; i < outputsBelow.length; i++) {
        outputsBelow[i] = Math.max(outputsBelow[i], 0);
      }
      take(outputsBelow);
    }

    /** Takes float32[n, out] as δ. */
    void takeDeltas(float[] rows) {
      deltas.put(rows);
    }

    /** δ of the layer below, through its ReLU. */
    void backward(Values below) {
      below.deltas.product(1, deltas, weights.firstRows(in()).transpose(), 0);
      float[] rows = below.outputCopy;
      below.deltas.get(rows);
      for (int i = 0; i < rows.length; i++) {
        if (inputCopy[i / in() * (in() + 1) + i % in()] <= 0) {
          rows[i] = 0;
        }
      }
      below.deltas.put(rows);
    }
  }

  /** Runs forward and backward: first derivatives of {@code Σ_i weights_i ℓ_i}. */
  void look(float[] inputs, int[] labels, double[] weights) {
    values.get(0).take(inputs);
    for (int layer = 0; layer < values.size(); layer++) {
      if (layer > 0) {
        values.get(layer).takePositive(values.get(layer - 1).outputCopy());
      }
      values.get(layer).load(layers.get(layer));
      values.get(layer).forward();
    }
    Values last = values.get(values.size() - 1);
    curvature.look(last.outputCopy(), labels, n);
    curvature.gradients(weights, n, last.outputCopy());
    last.takeDeltas(last.outputCopy());
    for (int layer = values.size() - 1; layer > 0; layer--) {
      values.get(layer).backward(values.get(layer - 1));
    }
  }

  int n() {
    return n;
  }

  int layers() {
    return values.size();
  }

  /** x of a layer, float32[n, in + 1]. */
  HostMatrix inputs(int layer) {
    return values.get(layer).inputs();
  }

  /** W of a layer without its biases, float32[in, out]. */
  HostMatrix weights(int layer) {
    return values.get(layer).weights().firstRows(values.get(layer).in());
  }

  /** δ of a layer, float32[n, out]. */
  HostMatrix deltas(int layer) {
    return values.get(layer).deltas();
  }

  LossCurvature curvature() {
    return curvature;
  }

  /**
   * Where the ReLU below a layer lets derivatives pass.
   *
   * @param repeats r
   * @return float32[in, r, n]: 1 where x is above 0, else 0
   */
  float[] passing(int layer, int repeats) {
    Values of = values.get(layer);
    int in = of.in();
    float[] passing = new float[in * repeats * n];
    for (int unit = 0; unit < in; unit++) {
      int row = unit * repeats * n;
      for (int i = 0; i < n; i++) {
        passing[row + i] = of.inputCopy()[i * (in + 1) + unit] > 0 ? 1 : 0;
      }
      for (int repeat = 1; repeat < repeats; repeat++) {
        System.arraycopy(passing, row, passing, row + repeat * n, n);
      }
    }
    return passing;
  }
}
