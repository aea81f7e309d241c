package dev.rote.benchmarks.step;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.rote.benchmarks.race.Work;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.InputPatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Steps of PyTorch as a Java user has it: DJL's blocks, trainer and optimiser. */
final class DjlSteps implements Work {
  private final Trainer trainer;
  private final NDArray inputs;
  private final NDArray labels;

  private DjlSteps(StepCase step, StepFiles files) {
    Model model = Model.newInstance("peer", "PyTorch");
    Block block = new DjlGraph(step.blueprint());
    model.setBlock(block);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed((float) step.rate()))
                        .build()));
    Shape shape = shape(step);
    trainer.initialize(shape);
    NDManager manager = trainer.getManager();
    fill(block, step.blueprint(), files);
    this.inputs = manager.create(cropped(step, files.inputs()), shape);
    this.labels =
        manager.create(files.labels(), new Shape(step.batch())).toType(DataType.INT64, false);
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = StepCase.named(arguments[0]);
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(step.threads()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
    Work.serve(new DjlSteps(step, new StepFiles(Path.of(arguments[1]))));
  }

  private static Shape shape(StepCase step) {
    Blueprint blueprint = step.blueprint();
    return DjlGraph.shape(step.batch(), blueprint.nodes().get(blueprint.entry()).extent());
  }

  private static float[] cropped(StepCase step, float[] images) {
    InputPatch patch = InputPatch.of(step.blueprint());
    float[] patches = new float[step.batch() * patch.length()];
    patch.cut(images, step.batch(), patches);
    return patches;
  }

  /** Weights of Rote's tensors; batch norm starts at its identity in both. */
  private static void fill(Block block, Blueprint blueprint, StepFiles files) {
    List<String> names =
        blueprint.parameters().stream()
            .filter(parameter -> parameter.role() == Role.WEIGHTS)
            .map(parameter -> parameter.name().replace('/', '.'))
            .toList();
    List<Parameter> weights =
        block.getParameters().values().stream()
            .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
            .toList();
    for (int i = 0; i < weights.size(); i++) {
      NDArray array = weights.get(i).getArray();
      float[] values = files.floats(names.get(i));
      Shape shape = array.getShape();
      NDManager manager = array.getManager();
      NDArray loaded =
          shape.dimension() == 2
              ? manager.create(values, new Shape(shape.get(1), shape.get(0))).transpose()
              : manager.create(values, shape);
      loaded.copyTo(array);
    }
  }

  @Override
  public double[] check() {
    double[] losses = new double[RoteSteps.CHECKED_STEPS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = next();
    }
    return losses;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      next();
    }
  }

  private double next() {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      inputs.tempAttach(scope);
      labels.tempAttach(scope);
      double value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList prediction = trainer.forward(new NDList(inputs));
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), prediction);
        collector.backward(loss);
        value = loss.getFloat();
        prediction.attach(scope);
        loss.attach(scope);
      }
      trainer.step();
      return value;
    }
  }
}
