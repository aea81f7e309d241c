package dev.rote.networks.dl4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * DL4J's configurations of blueprints that end in dense logits. Layers have the names of nodes.
 *
 * <p>Methods throw {@link IllegalArgumentException}, naming the node, for an op that DL4J lacks.
 */
record ModelConfiguration(Blueprint blueprint) {
  ModelConfiguration {
    if (!(blueprint.output().op() instanceof Dense)) {
      throw NodePart.refused(blueprint.output(), "DL4J's models end in a dense layer");
    }
  }

  /** Whether each node reads the one before it alone: a {@code MultiLayerNetwork} holds it. */
  boolean isChain() {
    List<Node> nodes = blueprint.nodes();
    return IntStream.range(1, nodes.size())
        .allMatch(i -> nodes.get(i).inputs().equals(List.of(i - 1)));
  }

  /** The layers of a chain; DL4J flattens before a dense layer by itself. */
  MultiLayerConfiguration chain() {
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    layers.setInputType(inputType());
    for (int i = 1; i < blueprint.nodes().size(); i++) {
      if (part(i) instanceof Part.OfLayer layer) {
        layers.layer(layer.layer());
      }
    }
    return layers.build();
  }

  /** Layers and vertices. */
  ComputationGraphConfiguration graph() {
    List<Node> nodes = blueprint.nodes();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder().graphBuilder();
    graph.addInputs(nodes.get(0).name()).setInputTypes(inputType());
    List<String> names = new ArrayList<>(List.of(nodes.get(0).name()));
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      String[] inputs = node.inputs().stream().map(names::get).toArray(String[]::new);
      Part part = part(i);
      if (part instanceof Part.OfLayer layer) {
        graph.addLayer(node.name(), layer.layer(), inputs);
      } else if (part instanceof Part.OfVertex vertex) {
        graph.addVertex(node.name(), vertex.vertex(), inputs);
      }
      names.add(part instanceof Part.Same ? inputs[0] : node.name());
    }
    return graph.setOutputs(blueprint.output().name()).build();
  }

  private Part part(int i) {
    Node node = blueprint.nodes().get(i);
    int read = node.inputs().get(0);
    boolean flat = read == entry() && isFlattened();
    Extent extent = blueprint.nodes().get(read).extent();
    return NodePart.of(
        node, flat ? Extent.units(extent.length()) : extent, i == blueprint.nodes().size() - 1);
  }

  private int entry() {
    return blueprint.normalization().orElse(0);
  }

  /** Whether all that reads the input flattens it. */
  private boolean isFlattened() {
    return blueprint.nodes().stream()
        .filter(node -> node.inputs().contains(entry()))
        .allMatch(node -> node.op() instanceof Flatten);
  }

  private InputType inputType() {
    return isFlattened()
        ? InputType.feedForward(blueprint.inputLength())
        : InputType.convolutional(
            blueprint.input().getHeight(),
            blueprint.input().getWidth(),
            blueprint.input().getChannels());
  }
}
