package dev.rote.reference;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Node;
import dev.rote.networks.Directions;
import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a blueprint. Each call goes through the nodes in their order, or back; gradients of
 * a node that several read are summed up.
 */
final class LayerGraph {
  private final List<Node> nodes;
  private final List<Layer> layers;
  private final int entry;

  /** Of the last forward and backward pass, by node: y, and ∂L/∂y. */
  private final double[][] values;

  private final double[] @Nullable [] gradients;

  LayerGraph(Blueprint blueprint) {
    this.nodes = blueprint.nodes();
    this.layers =
        nodes.stream().map(node -> node.op().accept(new LayerMaker(blueprint, node))).toList();
    this.entry = blueprint.entry();
    this.values = new double[nodes.size()][];
    this.gradients = new double[nodes.size()][];
  }

  /** In the order of checkpoints. */
  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** Puts the gradients of all parameters to zero. */
  void forget() {
    parameters().forEach(parameter -> Arrays.fill(parameter.gradient(), 0));
  }

  /** The output of a node in the last forward pass. */
  double[] output(int node) {
    return values[node];
  }

  /**
   * Logits of a batch.
   *
   * @param patches what enters the network
   */
  double[] forward(double[] patches, int n, @Nullable StepSettings settings) {
    return forward(patches, (layer, inputs) -> layer.forward(inputs, n, settings));
  }

  /** Logits of a batch, for derivatives. */
  double[] look(double[] patches, int n, Directions.Mode mode) {
    return switch (mode) {
      case INFERENCE -> forward(patches, n, null);
      case TRAINING -> forward(patches, (layer, inputs) -> layer.forwardOfBatch(inputs, n));
    };
  }

  private double[] forward(double[] patches, BiFunction<Layer, double[][], double[]> pass) {
    values[entry] = patches;
    for (int i = entry + 1; i < nodes.size(); i++) {
      values[i] = pass.apply(layers.get(i), read(i, values));
    }
    return values[nodes.size() - 1];
  }

  /**
   * Takes the loss's gradient back, after {@link #forward}.
   *
   * @return that by what enters the network
   */
  double[] backward(double[] ofLogits, int n) {
    Arrays.fill(gradients, null);
    return back(ofLogits, gradients, (i, dy) -> layers.get(i).backward(dy, n));
  }

  /**
   * The derivatives of all outputs along a direction, after {@link #forward}.
   *
   * @param along by layer, of each trained parameter
   * @return by node; that of the last is the logits'
   */
  double[][] tangents(List<List<double[]>> along, int n) {
    double[][] dots = new double[nodes.size()][];
    dots[entry] = new double[values[entry].length];
    for (int i = entry + 1; i < nodes.size(); i++) {
      dots[i] = layers.get(i).tangent(read(i, dots), along.get(i), n);
    }
    return dots;
  }

  /**
   * The derivative of {@link #backward} along a direction, after it.
   *
   * @param dots what {@link #tangents} gave
   * @param along by layer, of each trained parameter
   * @param products by layer: derivatives of the gradients of its parameters, added to
   * @return derivative of the gradient by what enters the network
   */
  double[] curve(
      double[] ofLogits,
      double[][] dots,
      List<List<double[]>> along,
      List<List<double[]>> products,
      int n) {
    return back(
        ofLogits,
        new double[nodes.size()][],
        (i, dyDot) ->
            layers
                .get(i)
                .curve(
                    dyDot,
                    Objects.requireNonNull(gradients[i]),
                    read(i, dots),
                    along.get(i),
                    products.get(i),
                    n));
  }

  /** An array for each trained parameter of each layer, cut from one of the length of all. */
  List<List<double[]>> zeros() {
    List<List<double[]>> zeros = new ArrayList<>();
    for (Layer layer : layers) {
      zeros.add(
          layer.parameters().stream()
              .filter(Parameter::trained)
              .map(parameter -> new double[parameter.value().length])
              .toList());
    }
    return zeros;
  }

  private interface Step {
    /** From what belongs to the output of layer i to what belongs to its inputs. */
    double[][] back(int i, double[] ofOutput);
  }

  private double[] back(double[] ofLogits, double[] @Nullable [] sums, Step step) {
    sums[nodes.size() - 1] = ofLogits;
    for (int i = nodes.size() - 1; i > entry; i--) {
      double[][] below = step.back(i, Objects.requireNonNull(sums[i]));
      List<Integer> inputs = nodes.get(i).inputs();
      for (int k = 0; k < below.length; k++) {
        sums[inputs.get(k)] = sum(sums[inputs.get(k)], below[k]);
      }
    }
    return Objects.requireNonNull(sums[entry]);
  }

  private static double[] sum(double @Nullable [] of, double[] more) {
    if (of == null) {
      return more;
    }
    double[] sum = of.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
    return sum;
  }

  private double[][] read(int node, double[][] from) {
    return nodes.get(node).inputs().stream().map(i -> from[i]).toArray(double[][]::new);
  }
}
