package dev.rote.weights;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.blueprint.ParameterShape.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names and shapes of a {@code state_dict} of PyTorch's layers (torch.nn of 1.13): {@code Linear}'s
 * weight is [out, in], {@code Conv2d}'s [out, in / groups, k, k]; batch normalisation has weight,
 * bias, running_mean, running_var and num_batches_tracked.
 *
 * <p>A node's module is what the names of its parameters begin with, dots for slashes: {@code
 * layer1.0.conv1} of a residual network, as torchvision names it. Where several nodes share that
 * name, or further ones begin with it, the module is a part of it, called {@code conv}, {@code
 * linear} or {@code norm} by what it is: {@code layer0.conv} and {@code layer0.norm} of a {@code
 * cnn}. Statistics of inputs are {@code mean} and {@code std} of {@code normalization}, as
 * torchvision's {@code Normalize} calls them.
 *
 * <p>Differs from PyTorch: a running variance is not corrected by M / (M - 1) while training.
 */
public final class TorchLayout {
  private final Blueprint blueprint;
  private final List<Placement> placements = new ArrayList<>();
  private final Map<Integer, WeightArray> counters = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private Optional<Node> clash = Optional.empty();

  private TorchLayout(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /**
   * The layout of a network.
   *
   * @throws IllegalArgumentException if two of its parameters would have one name
   */
  public static WeightLayout of(Blueprint blueprint) {
    TorchLayout layout = laid(blueprint);
    layout.clash.ifPresent(
        node -> {
          throw new IllegalArgumentException(
              "node " + node.name() + " cannot have PyTorch's names: another has them already");
        });
    return layout.whole();
  }

  /** The layout of a network, if it has one. */
  static Optional<WeightLayout> find(Blueprint blueprint) {
    TorchLayout layout = laid(blueprint);
    return layout.clash.isPresent() ? Optional.empty() : Optional.of(layout.whole());
  }

  private static TorchLayout laid(Blueprint blueprint) {
    TorchLayout layout = new TorchLayout(blueprint);
    blueprint.nodes().forEach(layout::add);
    return layout;
  }

  private WeightLayout whole() {
    return new WeightLayout("torch", placements, counters);
  }

  private void add(Node node) {
    for (ParameterShape shape : node.parameters()) {
      boolean transposed = shape.role() == Role.WEIGHTS && shape.sizes().size() == 2;
      String name = claimed(module(node) + "." + word(shape.role()), node);
      placements.add(Placement.of(name, placements.size(), shape, transposed));
      if (shape.role() == Role.RUNNING_VARIANCE) {
        String counter = claimed(module(node) + ".num_batches_tracked", node);
        counters.put(placements.size() - 1, new WeightArray(counter, ArrayType.I64, List.of()));
      }
    }
  }

  private String claimed(String name, Node node) {
    if (!names.add(name) && clash.isEmpty()) {
      clash = Optional.of(node);
    }
    return name;
  }

  private String module(Node node) {
    String scope = node.scope();
    boolean shared =
        blueprint.nodes().stream()
            .filter(other -> !other.parameters().isEmpty() && !other.equals(node))
            .map(Node::scope)
            .anyMatch(other -> other.equals(scope) || other.startsWith(scope + "/"));
    String module = scope.replace('/', '.');
    return shared ? module + "." + part(node) : module;
  }

  private static String part(Node node) {
    ParameterShape first = node.parameters().get(0);
    if (first.role() != Role.WEIGHTS) {
      return "norm";
    }
    return first.sizes().size() == 2 ? "linear" : "conv";
  }

  private static String word(Role role) {
    return switch (role) {
      case WEIGHTS, SCALE, FIXED_SCALE -> "weight";
      case BIASES, SHIFT -> "bias";
      case RUNNING_MEAN -> "running_mean";
      case RUNNING_VARIANCE -> "running_var";
      case INPUT_MEAN -> "mean";
      case INPUT_DEVIATION -> "std";
    };
  }
}
