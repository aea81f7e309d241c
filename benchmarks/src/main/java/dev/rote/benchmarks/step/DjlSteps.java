package dev.rote.benchmarks.step;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.rote.benchmarks.race.Work;
import dev.rote.v1.Cnn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Steps of PyTorch as a Java user has it: DJL's blocks, trainer and optimiser. */
final class DjlSteps implements Work {
  private final Trainer trainer;
  private final NDArray inputs;
  private final NDArray labels;

  private DjlSteps(StepCase step, StepFiles files) {
    Model model = Model.newInstance("peer", "PyTorch");
    Block block = block(step);
    model.setBlock(block);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(
                    Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed((float) StepCase.RATE))
                        .build()));
    Shape shape = shape(step);
    trainer.initialize(shape);
    NDManager manager = trainer.getManager();
    fill(block, files);
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
    if (step.model().hasMlp()) {
      return new Shape(step.batch(), step.architecture().inputLength());
    }
    long side = step.shape().getHeight() - 2L * step.model().getCnn().getCrop();
    return new Shape(step.batch(), step.shape().getChannels(), side, side);
  }

  private static float[] cropped(StepCase step, float[] images) {
    if (step.model().hasMlp()) {
      return images;
    }
    int crop = step.model().getCnn().getCrop();
    int whole = step.shape().getHeight();
    int side = whole - 2 * crop;
    int planes = step.batch() * step.shape().getChannels();
    float[] patches = new float[planes * side * side];
    for (int row = 0; row < planes * side; row++) {
      int from = (row / side * whole + row % side + crop) * whole + crop;
      System.arraycopy(images, from, patches, row * side, side);
    }
    return patches;
  }

  private static Block block(StepCase step) {
    SequentialBlock block = new SequentialBlock();
    List<Integer> dense = step.model().getMlp().getHiddenList();
    boolean normal = step.model().hasCnn();
    if (normal) {
      Cnn cnn = step.model().getCnn();
      Shape kernel = new Shape(cnn.getKernel(), cnn.getKernel());
      Shape pool = new Shape(cnn.getPool(), cnn.getPool());
      Shape stride = new Shape(cnn.getPoolStride(), cnn.getPoolStride());
      for (int filters : cnn.getFiltersList()) {
        block.add(
            Conv2d.builder().setKernelShape(kernel).setFilters(filters).optBias(false).build());
        block.add(BatchNorm.builder().optMomentum(0.9f).build());
        block.add(Activation.reluBlock());
        block.add(Pool.maxPool2dBlock(pool, stride));
      }
      block.add(Blocks.batchFlattenBlock());
      dense = cnn.getDenseList();
    }
    for (int units : dense) {
      block.add(Linear.builder().setUnits(units).optBias(!normal).build());
      if (normal) {
        block.add(BatchNorm.builder().optMomentum(0.9f).build());
      }
      block.add(Activation.reluBlock());
    }
    return block.add(Linear.builder().setUnits(StepCase.CLASSES).build());
  }

  /** Weights of Rote's tensors; batch norm starts at its identity in both. */
  private static void fill(Block block, StepFiles files) {
    List<Parameter> weights = new ArrayList<>();
    block
        .getParameters()
        .forEach(
            pair -> {
              if (pair.getValue().getType() == Parameter.Type.WEIGHT) {
                weights.add(pair.getValue());
              }
            });
    for (int i = 0; i < weights.size(); i++) {
      NDArray array = weights.get(i).getArray();
      float[] values = files.floats("layer" + i + ".weights");
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
