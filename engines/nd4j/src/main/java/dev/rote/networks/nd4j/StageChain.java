package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages one after the other. */
final class StageChain implements Stage {
  private final List<Stage> stages = new ArrayList<>();
  private Signal output;

  /** An empty chain, whose output is its input. */
  StageChain(Signal input) {
    this.output = input;
  }

  /** Appends a stage that was prepared on the output so far. */
  void add(Stage stage) {
    stages.add(stage);
    output = stage.output();
  }

  /** Prepares layers of one input on the output so far and appends them. */
  void prepare(List<Layer> layers, Mode mode, Arena arena) {
    layers.forEach(layer -> add(layer.prepare(List.of(output), mode, arena)));
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    stages.forEach(stage -> stage.forward(settings));
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).backward(settings);
    }
  }
}
