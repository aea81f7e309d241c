package dev.rote.networks;

import java.util.List;

/** What a network shows behind the normalisation of its inputs. */
record NormalizedInsight(Insight behind, NormalizedInputs normalised) implements Insight {
  @Override
  public void logitGradient(float[] inputs, int[] classes, int n, float[] gradients) {
    float[] ofPatches = new float[n * normalised.patchLength()];
    behind.logitGradient(normalised.of(inputs, n), classes, n, ofPatches);
    normalised.back(ofPatches, n, gradients);
  }

  @Override
  public void gradientNorms(float[] inputs, int[] labels, int n, double[] squares) {
    behind.gradientNorms(normalised.of(inputs, n), labels, n, squares);
  }

  @Override
  public void activations(float[] inputs, int n, List<String> nodes, float[][] outputs) {
    behind.activations(normalised.of(inputs, n), n, nodes, outputs);
  }
}
