package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.PredictionDepth;
import dev.rote.v1.TrialSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The layer from which on neighbours say what the network says. */
final class PredictionDepthKind implements MeasurementKind {
  /** Which stands for the examples as they are. */
  private static final String INPUT = "input";

  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.PREDICTION_DEPTH;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    PredictionDepth depth = spec.getPredictionDepth();
    spec.setPredictionDepth(
        depth.toBuilder()
            .setExamples(
                MeasurementKinds.examples(
                    depth.getExamples(), ExampleSelection.Split.TRAINING, 1000))
            .setNeighbors(depth.getNeighbors())
            .setK(depth.hasK() ? depth.getK() : 30));
  }

  @Override
  public List<String> scores(MeasurementSpec spec) {
    return List.of("predictionDepth");
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    PredictionDepth depth = spec.getPredictionDepth();
    MeasurementKinds.check(checks, depth.getExamples());
    checks.inRange("neighbors", depth.getNeighbors(), 0, 100_000_000);
    checks.inRange("k", depth.getK(), 1, 1000);
    checks.require(
        depth.getNeighbors() == 0
            || Integer.compareUnsigned(depth.getNeighbors(), depth.getK()) > 0,
        "neighbors",
        "must be above k, or 0 for the whole training split: else all of them vote everywhere; was "
            + Integer.toUnsignedString(depth.getNeighbors())
            + " with k "
            + Integer.toUnsignedString(depth.getK()));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < depth.getNodesCount(); i++) {
      checks.require(
          seen.add(depth.getNodes(i)), "nodes[" + i + "]", "is there twice: " + depth.getNodes(i));
    }
  }

  @Override
  public void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {
    List<String> hidden = Models.hidden(trial.getModel());
    PredictionDepth depth = spec.getPredictionDepth();
    for (int i = 0; i < depth.getNodesCount() && !hidden.isEmpty(); i++) {
      String node = depth.getNodes(i);
      checks.require(
          node.equals(INPUT) || hidden.contains(node),
          "nodes[" + i + "]",
          "must be input or a node of the network, one of " + hidden + ", was " + node);
    }
  }
}
