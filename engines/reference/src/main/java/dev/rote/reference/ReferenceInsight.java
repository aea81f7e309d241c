package dev.rote.reference;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Insight;
import dev.rote.recipes.Loss;
import java.util.Arrays;
import java.util.List;

/** One example after the other: each has a backward pass of its own. */
record ReferenceInsight(Blueprint blueprint, Loss loss, LayerGraph layers, InputPatch patch)
    implements Insight {

  private double[] forward(float[] inputs, int i) {
    int length = blueprint.inputLength();
    float[] own = Arrays.copyOfRange(inputs, i * length, (i + 1) * length);
    return layers.forward(
        ReferenceNetwork.widened(ReferenceNetwork.cropped(patch, own, 1)), 1, null);
  }

  @Override
  public void logitGradient(float[] inputs, int[] classes, int n, float[] gradients) {
    float[] ofPatches = new float[n * patch.length()];
    for (int i = 0; i < n; i++) {
      double[] start = new double[forward(inputs, i).length];
      start[classes[i]] = 1;
      float[] own = new float[patch.length()];
      ReferenceNetwork.round(layers.backward(start, 1), own);
      System.arraycopy(own, 0, ofPatches, i * own.length, own.length);
    }
    layers.forget();
    patch.paste(ofPatches, n, gradients);
  }

  @Override
  public void gradientNorms(float[] inputs, int[] labels, int n, double[] squares) {
    for (int i = 0; i < n; i++) {
      double[] z = forward(inputs, i);
      double[] start = new double[z.length];
      loss.differentiate(z, labels[i], start);
      layers.forget();
      layers.backward(start, 1);
      squares[i] = 0;
      for (Parameter parameter : layers.parameters()) {
        for (double each : parameter.gradient()) {
          squares[i] += each * each;
        }
      }
    }
    layers.forget();
  }

  @Override
  public void activations(float[] inputs, int n, List<String> nodes, float[][] outputs) {
    List<Integer> numbers = nodes.stream().map(blueprint::numberOf).toList();
    for (int i = 0; i < n; i++) {
      forward(inputs, i);
      for (int k = 0; k < nodes.size(); k++) {
        double[] output = layers.output(numbers.get(k));
        float[] rounded = new float[output.length];
        ReferenceNetwork.round(output, rounded);
        System.arraycopy(rounded, 0, outputs[k], i * rounded.length, rounded.length);
      }
    }
  }
}
