package dev.rote.blueprint;

import dev.rote.v1.Graph;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A network written node by node. */
final class GraphLowering implements Lowering {
  private static final int MOST_NODES = 1000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9/-]{0,62}");

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.GRAPH;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    Graph.Builder graph = model.getGraphBuilder();
    String above = Nodes.INPUT;
    for (Graph.Node.Builder node : graph.getNodesBuilderList()) {
      if (node.getInputsCount() == 0) {
        node.addInputs(above);
      }
      GraphOps.fill(node);
      above = node.getName();
    }
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    List<Graph.Node> nodes = model.getGraph().getNodesList();
    if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
      complaints.violate(
          "graph.nodes", "must have 1 to " + MOST_NODES + " nodes, had " + nodes.size());
      return;
    }
    Set<String> names = new HashSet<>(Set.of(Nodes.INPUT));
    Map<String, Integer> unread = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      Graph.Node node = nodes.get(i);
      String at = "graph.nodes[" + i + "]";
      inputs(node, at, names, unread, complaints);
      if (!NAME.matcher(node.getName()).matches()) {
        complaints.violate(
            at + ".name",
            "must be 1 to 63 letters, digits, hyphens and slashes, a letter first, was \""
                + node.getName()
                + "\"");
      } else if (!names.add(node.getName())) {
        complaints.violate(
            at + ".name", "must be unlike \"input\" and all others, was " + node.getName());
      }
      if (model.hasNormalization() && node.getName().equals(InputNormalizing.NODE)) {
        complaints.violate(
            at + ".name",
            "must be unlike \""
                + InputNormalizing.NODE
                + "\", the node that the model's normalization puts before the graph");
      }
      unread.put(node.getName(), i);
      GraphOps.check(node, i, (field, message) -> complaints.violate(at + field, message));
    }
    unread.values().stream()
        .filter(i -> i < nodes.size() - 1)
        .sorted()
        .forEach(
            i ->
                complaints.violate(
                    "graph.nodes[" + i + "]",
                    "node "
                        + nodes.get(i).getName()
                        + " is read by no other: the last node alone is the output"));
  }

  /** Nodes read what is above them alone, so there is no cycle. */
  private static void inputs(
      Graph.Node node,
      String at,
      Set<String> above,
      Map<String, Integer> unread,
      Complaints complaints) {
    int wanted =
        node.getOpCase() == Graph.Node.OpCase.OP_NOT_SET
            ? node.getInputsCount()
            : GraphOps.of(node, 1, new Nodes()).inputs();
    if (node.getInputsCount() != wanted) {
      complaints.violate(
          at + ".inputs", "must be " + wanted + " in number, were " + node.getInputsCount());
    }
    for (int k = 0; k < node.getInputsCount(); k++) {
      String input = node.getInputs(k);
      unread.remove(input);
      if (!above.contains(input)) {
        complaints.violate(
            at + ".inputs[" + k + "]",
            "must name a node above, or input, was \"" + input + "\" in node " + node.getName());
      }
    }
  }

  @Override
  public String words(ModelSpec model) {
    return "graph of " + Lowering.sizes(List.of(model.getGraph().getNodesCount())) + " nodes";
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    for (Graph.Node node : model.getGraph().getNodesList()) {
      nodes.add(
          node.getName(), node.getName(), GraphOps.of(node, classes, nodes), node.getInputsList());
    }
  }
}
