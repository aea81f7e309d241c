package dev.rote.checkpoints;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.blueprint.Blueprint;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Tensor;
import dev.rote.weights.ArrayType;
import dev.rote.weights.Placement;
import dev.rote.weights.TorchLayout;
import dev.rote.weights.WeightArray;
import dev.rote.weights.WeightFormat;
import dev.rote.weights.WeightLayout;
import dev.rote.weights.WeightSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checkpoints as files that other programs read. One tensor is in memory at a time, two while it is
 * transposed.
 *
 * @param torch whether names and shapes are PyTorch's, else those of the checkpoint
 * @param optimizer whether what the optimiser keeps follows the parameters; not in PyTorch's names
 */
public record CheckpointFile(WeightFormat format, boolean torch, boolean optimizer) {

  /**
   * @throws IllegalArgumentException for what the optimiser keeps in PyTorch's names
   */
  public CheckpointFile {
    if (torch && optimizer) {
      throw new IllegalArgumentException(
          "must be left out: a state_dict has no place for what the optimiser keeps");
    }
  }

  /**
   * Writes a checkpoint.
   *
   * @param reader at its first tensor
   * @param out closed
   * @throws IllegalArgumentException if the network has no names in PyTorch
   * @throws dev.rote.artifacts.ObjectStoreException as {@link CheckpointNetwork} says
   */
  public void write(CheckpointReader reader, OutputStream out) throws IOException {
    CheckpointHeader header = reader.header();
    Blueprint blueprint = CheckpointNetwork.blueprint(reader);
    WeightLayout layout = torch ? TorchLayout.of(blueprint) : WeightLayout.own(blueprint);
    List<Tensor> slots =
        optimizer
            ? header.getTensorsList().subList(layout.placements().size(), header.getTensorsCount())
            : List.of();
    try (WeightSink sink = format.open(arrays(layout, slots), metadata(header, layout), out)) {
      for (int p = 0; p < layout.placements().size(); p++) {
        sink.floats(layout.placements().get(p).laid(reader.tensor()));
        if (layout.counterAfter(p).isPresent()) {
          sink.count(header.getSteps());
        }
      }
      for (int s = 0; s < slots.size(); s++) {
        sink.floats(reader.tensor());
      }
      reader.verify();
    }
  }

  private static List<WeightArray> arrays(WeightLayout layout, List<Tensor> slots) {
    List<WeightArray> arrays = new ArrayList<>();
    List<Placement> placements = layout.placements();
    for (int p = 0; p < placements.size(); p++) {
      arrays.add(placements.get(p).array());
      layout.counterAfter(p).ifPresent(arrays::add);
    }
    slots.forEach(
        slot -> arrays.add(new WeightArray(slot.getName(), ArrayType.F32, slot.getShapeList())));
    return arrays;
  }

  private Map<String, String> metadata(CheckpointHeader header, WeightLayout layout) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", torch ? "pt" : "rote");
    metadata.put("layout", layout.word());
    metadata.put("trial", header.getTrialId());
    metadata.put("epoch", String.valueOf(header.getEpoch()));
    metadata.put("steps", String.valueOf(header.getSteps()));
    metadata.put("engine", header.getEngineVersion());
    metadata.put(
        "input",
        header.getInput().getShapeList().stream()
            .map(String::valueOf)
            .collect(Collectors.joining("x")));
    metadata.put("classes", String.valueOf(header.getClasses()));
    try {
      metadata.put(
          "model", JsonFormat.printer().omittingInsignificantWhitespace().print(header.getModel()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a model holds no message of an unknown type", e);
    }
    return metadata;
  }
}
