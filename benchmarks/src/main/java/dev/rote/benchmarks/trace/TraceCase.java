package dev.rote.benchmarks.trace;

import dev.rote.spec.SweepDefaults;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import java.util.List;

/**
 * A training by plain SGD.
 *
 * @param name of the network
 * @param dataset that it is for
 * @param model of it
 * @param shape of one example
 * @param examples of an epoch
 */
record TraceCase(String name, String dataset, ModelSpec model, Shape shape, int examples) {
  static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final int GREY_SIDE = 28;
  private static final int COLOUR_SIDE = 32;

  static final List<TraceCase> ALL = List.of(mlp(), paperCnn());

  /** The case of a name. */
  static TraceCase named(String name) {
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case " + name));
  }

  /** MNIST's size. */
  private static TraceCase mlp() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getMlpBuilder().addAllHidden(List.of(512, 512));
    return new TraceCase("mlp 784-512-512-10", "mnist", model.build(), shape(1, GREY_SIDE), 60_000);
  }

  /** Twenty steps, so that many epochs can take turns: what an epoch costs once counts for more. */
  private static TraceCase paperCnn() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getCnnBuilder();
    return new TraceCase(
        "the paper's cnn on 28x28x3", "cifar10", model.build(), shape(3, COLOUR_SIDE), 20 * BATCH);
  }

  private static Shape shape(int channels, int side) {
    return Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
  }

  /** The trial, all defaults filled in. */
  TrialSpec spec(int epochs) {
    TrialSpec.Builder spec = TrialSpec.newBuilder();
    spec.getDatasetBuilder().setName(dataset);
    spec.setModel(model);
    spec.getOptimizerBuilder().setLearningRate(0.01);
    spec.getTrainingBuilder().setEpochs(epochs).setBatchSize(BATCH).setThreads(2);
    return SweepDefaults.fill(spec.build());
  }
}
