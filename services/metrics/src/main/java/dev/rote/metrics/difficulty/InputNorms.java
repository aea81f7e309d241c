package dev.rote.metrics.difficulty;

import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Network;
import java.util.Arrays;

/** Norms of what enters a network: of the cropped and normalised images, {@code ‖x‖₂}. */
final class InputNorms {
  private InputNorms() {}

  /** float64[N], of all examples of a set. */
  static double[] of(Network network, ExampleSet examples, Runnable pulse) {
    Blueprint blueprint = network.blueprint();
    InputPatch patch = InputPatch.of(blueprint);
    int channels = blueprint.input().getChannels();
    int area = patch.length() / channels;
    float[] means = new float[channels];
    float[] deviations = new float[channels];
    Arrays.fill(deviations, 1);
    if (blueprint.normalization().isPresent()) {
      network.read(0, means);
      network.read(1, deviations);
    }
    double[] norms = new double[examples.size()];
    new ExampleBatches(examples, blueprint.inputLength(), pulse)
        .each(
            (first, n, inputs, labels) -> {
              float[] patches = new float[n * patch.length()];
              patch.cut(inputs, n, patches);
              for (int i = 0; i < n; i++) {
                double squares = 0;
                for (int j = 0; j < patch.length(); j++) {
                  int c = j / area;
                  double x = (patches[i * patch.length() + j] - means[c]) / deviations[c];
                  squares += x * x;
                }
                norms[first + i] = Math.sqrt(squares);
              }
            });
    return norms;
  }
}
