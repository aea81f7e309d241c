package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network before any engine computes it: a directed acyclic graph of nodes with one input and one
 * output, the logits.
 *
 * @param input shape of one example
 * @param classes number of classes K, the units of the last node
 * @param nodes in an order in which they can be computed; the first is the {@link Input}
 */
public record Blueprint(Shape input, int classes, List<Node> nodes) {
  /* What a step keeps of a node: its output and the gradient by it. */
  private static final long BUFFERS = 2;

  public Blueprint {
    nodes = List.copyOf(nodes);
  }

  /**
   * The blueprint of a model.
   *
   * @param model all defaults filled in, and sound
   * @param input shape of one example
   * @param classes K, at least 1
   * @throws IllegalArgumentException if the model names no architecture, or does not fit the input;
   *     says which node
   */
  public static Blueprint of(ModelSpec model, Shape input, int classes) {
    Blueprint blueprint = shaped(model, input, classes);
    Node output = blueprint.output();
    if (!output.extent().equals(Extent.units(classes))) {
      throw new IllegalArgumentException(
          "node "
              + output.name()
              + ": must give the logits of "
              + classes
              + " classes, gives "
              + output.extent()
              + ": end with a dense without units");
    }
    return blueprint;
  }

  /** The same, whatever the last node gives: the number of classes may not be known yet. */
  static Blueprint shaped(ModelSpec model, Shape input, int classes) {
    List<Node> nodes = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    Extent extent = Extent.of(input);
    nodes.add(new Node(Nodes.INPUT, "", new Input(extent), List.of(), extent, List.of()));
    numbers.put(Nodes.INPUT, 0);
    for (Nodes.Draft draft : Models.drafts(model, classes)) {
      try {
        nodes.add(placed(draft, nodes, numbers));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "node " + draft.name() + ": " + e.getMessage() + " (" + trail(nodes) + ")", e);
      }
      numbers.put(draft.name(), nodes.size() - 1);
    }
    Blueprint blueprint = new Blueprint(input, classes, nodes);
    if (blueprint.entry() == 1 && blueprint.readers()[0] > 1) {
      throw new IllegalArgumentException(
          "node " + nodes.get(1).name() + ": a crop must be alone to read the input");
    }
    return blueprint;
  }

  private static Node placed(Nodes.Draft draft, List<Node> before, Map<String, Integer> numbers) {
    List<Integer> inputs = draft.inputs().stream().map(numbers::get).toList();
    List<Extent> extents = inputs.stream().map(i -> before.get(i).extent()).toList();
    Op op = draft.op();
    if (op instanceof Crop && before.size() > 1) {
      throw new IllegalArgumentException("must be the first node: it cuts what enters the network");
    }
    return new Node(
        draft.name(),
        draft.scope(),
        op,
        inputs,
        op.outputOf(extents),
        op.parameters(draft.scope(), extents));
  }

  /** Shapes on the way, each once, such as {@code 1x28x28 → 200x24x24}. */
  private static String trail(List<Node> nodes) {
    Set<Extent> extents = new LinkedHashSet<>();
    nodes.forEach(node -> extents.add(node.extent()));
    return extents.stream().map(Extent::toString).collect(Collectors.joining(" → "));
  }

  /** Values of one input, D. */
  public int inputLength() {
    return nodes.get(0).extent().length();
  }

  /** Number of the node whose output enters the network: a crop's if there is one. */
  public int entry() {
    return nodes.size() > 1 && nodes.get(1).op() instanceof Crop ? 1 : 0;
  }

  /** Pixels cut from each side of the input. */
  public int crop() {
    return nodes.get(entry()).op() instanceof Crop crop ? crop.pixels() : 0;
  }

  /** Number of the node that normalises what enters; none if the network does not. */
  public Optional<Integer> normalization() {
    int next = entry() + 1;
    return next < nodes.size() && nodes.get(next).op() instanceof Normalize
        ? Optional.of(next)
        : Optional.empty();
  }

  /**
   * The network behind the crop and the normalisation of what enters: it takes what the
   * normalisation puts out, and has the same nodes and parameters otherwise.
   *
   * @throws IllegalStateException if there is no normalisation
   */
  public Blueprint behindNormalization() {
    int last = normalization().orElseThrow(() -> new IllegalStateException("has none"));
    Extent extent = nodes.get(last).extent();
    List<Node> behind = new ArrayList<>();
    behind.add(new Node(Nodes.INPUT, "", new Input(extent), List.of(), extent, List.of()));
    for (Node node : nodes.subList(last + 1, nodes.size())) {
      List<Integer> inputs = node.inputs().stream().map(i -> i - last).toList();
      behind.add(
          new Node(node.name(), node.scope(), node.op(), inputs, node.extent(), node.parameters()));
    }
    Shape shape =
        Shape.newBuilder()
            .setChannels(extent.channels())
            .setHeight(extent.height())
            .setWidth(extent.width())
            .build();
    return new Blueprint(shape, classes, behind);
  }

  /** Nodes after what enters the network: the input, its crop and its normalisation. */
  public List<Node> hidden() {
    return nodes.subList(normalization().orElse(entry()) + 1, nodes.size());
  }

  /**
   * Number of a node after what enters the network.
   *
   * @throws IllegalArgumentException if none has the name; says which there are
   */
  public int numberOf(String name) {
    List<String> names = hidden().stream().map(Node::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "must be a node after what enters the network, one of " + names + ", was " + name);
    }
    return nodes.size() - names.size() + names.indexOf(name);
  }

  /** The output: its node is the last. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** All parameters in the order of checkpoints. */
  public List<ParameterShape> parameters() {
    return nodes.stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** Number of trainable parameters, P. */
  public long trainable() {
    return parameters().stream()
        .filter(shape -> shape.role().trained())
        .mapToLong(ParameterShape::length)
        .sum();
  }

  /** How many nodes read each node. */
  public int[] readers() {
    int[] readers = new int[nodes.size()];
    nodes.forEach(node -> node.inputs().forEach(i -> readers[i]++));
    return readers;
  }

  /**
   * Bytes that a training step holds at least: activations and their gradients, parameters and
   * momentum, in float32. Engines add room to work in, and save some by computing in place.
   *
   * @param batch examples
   */
  public long stepBytes(int batch) {
    long perExample =
        nodes.stream()
            .filter(node -> !node.op().passesThrough())
            .mapToLong(node -> node.extent().length())
            .sum();
    return Float.BYTES * (BUFFERS * batch * perExample + 2 * trainable());
  }

  /** Multiplications and additions of a forward pass of one example, those of products. */
  public long forwardOperations() {
    return nodes.stream().mapToLong(node -> node.op().operations(below(node))).sum();
  }

  private List<Extent> below(Node node) {
    return node.inputs().stream().map(i -> nodes.get(i).extent()).toList();
  }

  /**
   * Multiplications and additions of a training step, those of products and convolutions: forward,
   * gradient by the input and gradient by the parameters cost the same, and nobody asks for the
   * gradient by what enters the network.
   *
   * @param batch examples
   */
  public double stepOperations(int batch) {
    double total = 0;
    for (Node node : nodes) {
      boolean first = node.inputs().stream().noneMatch(this::isTrained);
      total += (first ? 2.0 : 3.0) * node.op().operations(below(node)) * batch;
    }
    return total;
  }

  /** Whether anything is trained in a node or before it: else nobody asks for its gradient. */
  public boolean isTrained(int number) {
    Node node = nodes.get(number);
    return node.parameters().stream().anyMatch(shape -> shape.role().trained())
        || node.inputs().stream().anyMatch(this::isTrained);
  }

  /** Whether the network can do something; the door, engines and measurements ask here alone. */
  public boolean supports(Ability ability) {
    return lacking(ability).isEmpty();
  }

  /** Why it cannot; empty if it can. */
  public Optional<String> lacking(Ability ability) {
    return ability.lackingIn(
        nodes.stream().map(Node::name).toList(), nodes.stream().map(Node::op).toList());
  }
}
