package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import java.util.List;

/** A multilayer perceptron: dense, ReLU and noise for each hidden layer, and dense logits. */
final class MlpLowering implements Lowering {
  private static final int MOST_LAYERS = 32;

  /** Most units of a layer, and filters of a convolution. */
  static final int MOST_UNITS = 65_536;

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.MLP;
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    List<Integer> hidden = model.getMlp().getHiddenList();
    if (hidden.size() > MOST_LAYERS) {
      complaints.violate(
          "mlp.hidden", "must have at most " + MOST_LAYERS + " layers, had " + hidden.size());
    }
    for (int i = 0; i < hidden.size(); i++) {
      complaints.inRange("mlp.hidden[" + i + "]", hidden.get(i), 1, MOST_UNITS);
    }
  }

  @Override
  public String words(ModelSpec model) {
    List<Integer> hidden = model.getMlp().getHiddenList();
    return hidden.isEmpty()
        ? "linear"
        : "MLP with hidden layers of " + Lowering.sizes(hidden) + " units";
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    nodes.then("flatten", "", new Flatten());
    int layer = 0;
    for (int units : model.getMlp().getHiddenList()) {
      String scope = "layer" + layer++;
      nodes
          .then(scope + "/dense", scope, new Dense(units, true))
          .then(scope + "/relu", scope, new Relu())
          .then(scope + "/noise", scope, nodes.noise());
    }
    String scope = "layer" + layer;
    nodes.then(scope + "/dense", scope, new Dense(classes, true));
  }
}
