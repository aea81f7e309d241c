package dev.rote.cli.command;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.estimate.EstimateText;
import dev.rote.cli.estimate.SweepNetwork;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputFormat;
import dev.rote.cli.output.Printer;
import dev.rote.v1.Shape;
import dev.rote.v1.SweepSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a sweep's networks are made of, as {@code rote validate --network} prints it. */
final class NetworkOptions {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x(\\d{1,5})x(\\d{1,5})");
  private static final int MOST_NETWORKS = 20;

  @Option(
      names = "--network",
      description =
          "Prints every network of the sweep instead: its nodes with op, inputs, shape, parameters"
              + " and forward FLOP of one example, and what a step takes in memory and FLOP.")
  private boolean wanted;

  @Option(
      names = "--input-shape",
      paramLabel = "CxHxW",
      description =
          "With --network: shape of your own images, such as 1x28x28; that of other datasets is"
              + " known.")
  private @Nullable String shape;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "With --network: number of classes of your own labels, where idx.classes does not say it.")
  private @Nullable Integer classes;

  boolean wanted() {
    return wanted;
  }

  /**
   * Prints the networks.
   *
   * @param spec valid, defaults filled in
   * @throws CommandFailure naming the node that does not fit
   */
  void print(SweepSpec spec, Session session) {
    List<SweepNetwork> networks;
    try {
      networks = SweepNetwork.of(spec, own());
    } catch (SweepNetwork.UnfitException e) {
      throw new CommandFailure(ExitCodes.INVALID, String.valueOf(e.getMessage()), e);
    }
    for (int i = 0; i < Math.min(networks.size(), MOST_NETWORKS); i++) {
      print(networks.get(i), i + 1, networks.size(), session);
    }
    if (networks.size() > MOST_NETWORKS) {
      session.note((networks.size() - MOST_NETWORKS) + " further networks are not shown");
    }
  }

  private SweepNetwork.OwnFiles own() {
    if (classes != null && classes < 1) {
      throw new CommandFailure(ExitCodes.INVALID, "--classes must be at least 1, was " + classes);
    }
    return new SweepNetwork.OwnFiles(
        Optional.ofNullable(shape).map(NetworkOptions::shape),
        classes == null ? OptionalInt.empty() : OptionalInt.of(classes));
  }

  private static Shape shape(String text) {
    Matcher sizes = SHAPE.matcher(text);
    if (!sizes.matches() || text.matches("(.*x)?0+(x.*)?")) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          "--input-shape must be channels, rows and columns such as 3x32x32, was " + text);
    }
    return Shape.newBuilder()
        .setChannels(Integer.parseInt(sizes.group(1)))
        .setHeight(Integer.parseInt(sizes.group(2)))
        .setWidth(Integer.parseInt(sizes.group(3)))
        .build();
  }

  private static void print(SweepNetwork network, int number, int of, Session session) {
    Blueprint blueprint = network.blueprint();
    String cell =
        network.cell().isEmpty()
            ? ""
            : new TreeMap<>(network.cell())
                .entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(", ", ", first in ", ""));
    session
        .out()
        .println(
            (number == 1 ? "" : "\n")
                + ("network " + number + " of " + of + cell)
                + (": input "
                    + Extent.image(
                        blueprint.input().getChannels(),
                        blueprint.input().getHeight(),
                        blueprint.input().getWidth()))
                + (", " + blueprint.classes() + " classes"));
    new Printer(session.out(), OutputFormat.TABLE, session.output().columns().getAsInt())
        .table(columns(blueprint), blueprint.nodes());
    long all = blueprint.parameters().stream().mapToLong(ParameterShape::length).sum();
    long running = all - blueprint.trainable();
    session
        .out()
        .printf(
            "parameters: %d trained%s%n",
            blueprint.trainable(), running > 0 ? ", " + running + " running statistics" : "");
    for (int batch : network.batches()) {
      session
          .out()
          .printf(
              "step of %d: at least %s of memory, %s%n",
              batch,
              EstimateText.bytes((double) blueprint.stepBytes(batch)),
              EstimateText.operations(blueprint.stepOperations(batch)));
    }
    session.out().flush();
  }

  private static List<Column<Node>> columns(Blueprint blueprint) {
    return List.of(
        Column.text("node", Node::name),
        Column.text("op", node -> node.op().word()),
        Column.text(
            "reads",
            node ->
                node.inputs().stream()
                    .map(input -> blueprint.nodes().get(input).name())
                    .collect(Collectors.joining(" "))),
        Column.text("shape", node -> node.extent().toString()),
        Column.number(
            "parameters",
            node -> node.parameters().stream().mapToLong(ParameterShape::length).sum()),
        Column.number("flop", node -> node.op().operations(extents(blueprint, node))));
  }

  private static List<Extent> extents(Blueprint blueprint, Node node) {
    return node.inputs().stream().map(input -> blueprint.nodes().get(input).extent()).toList();
  }
}
