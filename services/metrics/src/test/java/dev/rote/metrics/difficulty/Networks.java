package dev.rote.metrics.difficulty;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.List;
import java.util.Set;

/** Small networks and examples for them. */
final class Networks {
  static final int CLASSES = 3;

  private Networks() {}

  static Network mlp(int inputs, int classes, Integer... hidden) {
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(1).setWidth(inputs).build();
    ModelSpec.Builder model =
        ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addAllHidden(List.of(hidden)));
    Models.fill(model, shape);
    return EngineUnderTest.open().create(Blueprint.of(model.build(), shape, classes), 1);
  }

  /** Drawn weights. */
  static Network drawn(int inputs, Integer... hidden) {
    Network network = mlp(inputs, CLASSES, hidden);
    network.initialize(5, ModelSpec.Initialization.PYTORCH_DEFAULT);
    return network;
  }

  /** Of drawn inputs and labels. */
  static ArrayExamples examples(int n, int inputs) {
    float[] values = new float[n * inputs];
    CounterRandom.of(6, "inputs").fillGaussian(values, 0, values.length, 0, 0, 1, 0);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (int) CounterRandom.of(6, "labels").below(CLASSES, i, 0);
    }
    return new ArrayExamples(values, labels, Set.of());
  }
}
