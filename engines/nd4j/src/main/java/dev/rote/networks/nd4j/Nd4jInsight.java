package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Insight;
import dev.rote.networks.NetworkInputs;
import java.util.List;

/**
 * Gradients of logits go through the parts of inference; norms and outputs of nodes through a part
 * for each node.
 *
 * @param inference of the network's joined parts
 * @param byNode of its nodes
 */
record Nd4jInsight(
    Blueprint blueprint,
    InputPatch patch,
    NetworkInputs entering,
    LogitLoss loss,
    Inference inference,
    Inference byNode)
    implements Insight {

  @Override
  public void logitGradient(float[] inputs, int[] classes, int n, float[] gradients) {
    float[] ofPatches = new float[n * patch.length()];
    inference.logitGradients(entering.cropped(inputs, n), classes, n, ofPatches);
    patch.paste(ofPatches, n, gradients);
  }

  @Override
  public void gradientNorms(float[] inputs, int[] labels, int n, double[] squares) {
    byNode.gradientNorms(entering.cropped(inputs, n), labels, n, loss, squares);
  }

  @Override
  public void activations(float[] inputs, int n, List<String> nodes, float[][] outputs) {
    List<Integer> numbers = nodes.stream().map(blueprint::numberOf).toList();
    byNode.activations(entering.cropped(inputs, n), n, numbers, outputs);
  }
}
