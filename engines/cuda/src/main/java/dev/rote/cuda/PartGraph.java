package dev.rote.cuda;

import dev.rote.blueprint.Blueprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** The way through the parts of a network and back; gradients by one output are summed up. */
final class PartGraph {
  private final Blueprint blueprint;
  private final List<Part> parts;
  private final Map<Integer, Branches> branches = new HashMap<>();

  PartGraph(Blueprint blueprint, List<Part> parts) {
    this.blueprint = blueprint;
    this.parts = List.copyOf(parts);
    int[] readers = new int[blueprint.nodes().size()];
    parts.forEach(part -> part.inputs().forEach(i -> readers[i]++));
    for (int i = 0; i < readers.length; i++) {
      if (readers[i] > 1) {
        branches.put(i, new Branches(blueprint.nodes().get(i).extent().length()));
      }
    }
  }

  List<Layer> layers() {
    return parts.stream().map(Part::layer).toList();
  }

  /** Floats that the buffers of one example take. */
  long bufferLength() {
    return layers().stream().mapToLong(Layer::bufferLength).sum()
        + branches.values().stream().mapToLong(Branches::bufferLength).sum();
  }

  /** Takes buffers for up to {@code capacity} examples. */
  void allocate(DeviceMemory memory, int capacity) {
    layers().forEach(layer -> layer.allocate(memory, capacity));
    branches.values().forEach(each -> each.allocate(memory, capacity));
  }

  /** Logits of a batch that enters the network. */
  FloatPointer forward(Pass pass, FloatPointer entering) {
    FloatPointer[] values = new FloatPointer[blueprint.nodes().size()];
    values[blueprint.entry()] = entering;
    for (Part part : parts) {
      List<FloatPointer> inputs = part.inputs().stream().map(i -> values[i]).toList();
      values[part.output()] = part.layer().forward(pass, inputs);
    }
    return values[values.length - 1];
  }

  /**
   * Takes the gradient by the logits back.
   *
   * @return that by what entered; undefined in a training step
   */
  FloatPointer backward(Pass pass, FloatPointer ofLogits) {
    branches.values().forEach(Branches::clear);
    @Nullable FloatPointer[] gradients = new FloatPointer[blueprint.nodes().size()];
    gradients[gradients.length - 1] = ofLogits;
    for (int p = parts.size() - 1; p >= 0; p--) {
      Part part = parts.get(p);
      FloatPointer dy = Objects.requireNonNull(gradients[part.output()]);
      boolean wanted = !pass.training() || part.inputs().stream().anyMatch(blueprint::isTrained);
      List<FloatPointer> below = part.layer().backward(pass, dy, wanted);
      for (int k = 0; wanted && k < below.size(); k++) {
        int input = part.inputs().get(k);
        Branches several = branches.get(input);
        gradients[input] = several == null ? below.get(k) : several.add(pass, below.get(k));
      }
    }
    FloatPointer entered = gradients[blueprint.entry()];
    return entered == null ? ofLogits : entered;
  }
}
