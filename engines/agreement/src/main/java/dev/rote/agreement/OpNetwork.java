package dev.rote.agreement;

import com.google.protobuf.TextFormat;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.v1.Graph;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * Networks that each show an op or two, on images in three classes: engines are compared on them,
 * and the reference engine's derivatives with difference quotients.
 */
enum OpNetwork {
  /** A product alone. */
  LINEAR(
      "nodes {name: 'c' crop {pixels: 1}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}}"),

  /** Sums of images and of units, outputs that several nodes read, and a ReLU of each. */
  SHORTCUTS(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3 padding: SAME}}
      nodes {name: 'r' relu {}}
      nodes {name: 'b' convolution {filters: 3 kernel: 2 padding: SAME}}
      nodes {name: 'sum' inputs: 'b' inputs: 'r' add {}}
      nodes {name: 'p' max_pool {size: 2}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'u' dense {units: 4 biases: false}}
      nodes {name: 'v' inputs: 'f' dense {units: 4}}
      nodes {name: 's' inputs: 'u' inputs: 'v' add {}}
      nodes {name: 'q' relu {}}
      nodes {name: 'n' noise {}}
      nodes {name: 'd' dense {}}
      """),

  /** The same with batch norm, with and without a ReLU after it, on larger images. */
  RESIDUAL(
      10,
      8,
      """
      nodes {name: 'crop' crop {pixels: 1}}
      nodes {name: 'a' convolution {filters: 3 kernel: 3 padding: SAME}}
      nodes {name: 'a/norm' batch_norm {}}
      nodes {name: 'a/relu' relu {}}
      nodes {name: 'b' convolution {filters: 3 kernel: 3 padding: SAME}}
      nodes {name: 'b/norm' batch_norm {}}
      nodes {name: 'sum' inputs: 'b/norm' inputs: 'a/relu' add {}}
      nodes {name: 'sum/relu' relu {}}
      nodes {name: 'noise' noise {}}
      nodes {name: 'pool' max_pool {size: 2}}
      nodes {name: 'flat' flatten {}}
      nodes {name: 'c' dense {units: 5 biases: false}}
      nodes {name: 'c/norm' batch_norm {}}
      nodes {name: 'd' inputs: 'flat' dense {units: 5}}
      nodes {name: 'both' inputs: 'c/norm' inputs: 'd' add {}}
      nodes {name: 'both/relu' relu {}}
      nodes {name: 'last' dense {}}
      """),

  /** Means of windows that overlap and reach beyond the border, and of windows that do not. */
  AVERAGE_POOL(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 2}}
      nodes {name: 'p' average_pool {size: 3 stride: 2 padding: SAME}}
      nodes {name: 'b' convolution {filters: 4 kernel: 2 padding: SAME}}
      nodes {name: 'q' average_pool {size: 2}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """),

  /** Statistics of images and of units. */
  LAYER_NORM(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3}}
      nodes {name: 'm' layer_norm {}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'b' dense {units: 5}}
      nodes {name: 'n' layer_norm {}}
      nodes {name: 'r' relu {}}
      nodes {name: 'd' dense {}}
      """),

  /** Strides, padding by pixels that windows do not use up, biases, and channels' means. */
  STRIDED(
      7,
      6,
      """
      nodes {name: 'a' convolution {filters: 4 kernel: 3 stride: 2 pad: 1 biases: true}}
      nodes {name: 'r' relu {}}
      nodes {name: 'b' convolution {filters: 5 kernel: 3 pad: 2 biases: true}}
      nodes {name: 'p' max_pool {size: 3 stride: 2 pad: 1}}
      nodes {name: 'c' convolution {filters: 4 kernel: 2 stride: 2 padding: SAME}}
      nodes {name: 'q' average_pool {size: 2 stride: 1 pad: 1}}
      nodes {name: 's' convolution {filters: 3 kernel: 1 stride: 2}}
      nodes {name: 'm' global_average_pool {}}
      nodes {name: 'd' dense {}}
      """),

  /** A trunk that engines fuse, padded by pixels. */
  PADDED_TRUNK(
      8,
      6,
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3 pad: 2}}
      nodes {name: 'n' batch_norm {}}
      nodes {name: 'r' relu {}}
      nodes {name: 'p' max_pool {size: 2}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """),

  /** Batch norms that do not scale, in a trunk that engines fuse and alone. */
  UNSCALED(
      8,
      6,
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3}}
      nodes {name: 'n' batch_norm {scale: false}}
      nodes {name: 'r' relu {}}
      nodes {name: 'p' max_pool {size: 2}}
      nodes {name: 'b' convolution {filters: 4 kernel: 2}}
      nodes {name: 'm' batch_norm {scale: false}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """),

  /** Filters that see a part of the channels. */
  GROUPS(
      """
      nodes {name: 'a' convolution {filters: 4 kernel: 2 groups: 2 biases: true}}
      nodes {name: 'r' relu {}}
      nodes {name: 'b' convolution {filters: 6 kernel: 3 stride: 2 pad: 1 groups: 2}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """),

  /** Functions of each value, of images and of units. */
  SMOOTH(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3}}
      nodes {name: 'g' gelu {}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'b' dense {units: 5}}
      nodes {name: 't' tanh {}}
      nodes {name: 'c' dense {units: 4}}
      nodes {name: 'h' gelu {}}
      nodes {name: 'd' dense {}}
      """),

  /** Branches of an Inception block, and units. */
  CONCATENATE(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3 padding: SAME}}
      nodes {name: 'b' inputs: 'input' convolution {filters: 2 kernel: 1}}
      nodes {name: 'c' inputs: 'a' inputs: 'b' inputs: 'a' concatenate {}}
      nodes {name: 't' tanh {}}
      nodes {name: 'm' global_average_pool {}}
      nodes {name: 'u' dense {units: 4}}
      nodes {name: 'v' inputs: 'u' inputs: 'm' concatenate {}}
      nodes {name: 'd' dense {}}
      """),

  /** Masks of nodes of their own. */
  DROPOUT(
      """
      nodes {name: 'a' convolution {filters: 3 kernel: 3}}
      nodes {name: 'm' channel_dropout {rate: 0.3}}
      nodes {name: 'r' relu {}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'n' dropout {rate: 0.2}}
      nodes {name: 'b' dense {units: 6}}
      nodes {name: 's' relu {}}
      nodes {name: 'o' dropout {}}
      nodes {name: 'd' dense {}}
      """),

  /** Responses of neighbouring channels: constants of the paper, and others that count more. */
  LOCAL_RESPONSE_NORM(
      """
      nodes {name: 'a' convolution {filters: 6 kernel: 3}}
      nodes {name: 'l' local_response_norm {}}
      nodes {name: 'b' convolution {filters: 5 kernel: 2}}
      nodes {name: 'm' local_response_norm {size: 3 alpha: 0.4 beta: 0.6 k: 1}}
      nodes {name: 'f' flatten {}}
      nodes {name: 'd' dense {}}
      """);

  private static final int CHANNELS = 2;
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;

  private final int height;
  private final int width;
  private final String nodes;

  OpNetwork(String nodes) {
    this(HEIGHT, WIDTH, nodes);
  }

  OpNetwork(int height, int width, String nodes) {
    this.height = height;
    this.width = width;
    this.nodes = nodes;
  }

  /** The network, defaults filled in and checked as at the door. */
  Blueprint blueprint() {
    Shape shape =
        Shape.newBuilder().setChannels(CHANNELS).setHeight(height).setWidth(width).build();
    ModelSpec.Builder model = ModelSpec.newBuilder().setGraph(graph());
    Models.fill(model, shape);
    Models.check(
        model.build(),
        shape,
        CLASSES,
        (field, message) -> {
          throw new IllegalArgumentException(this + ": " + field + " " + message);
        });
    return Blueprint.of(model.build(), shape, CLASSES);
  }

  /** As it is written, without defaults. */
  Graph graph() {
    try {
      return TextFormat.parse(nodes, Graph.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(this + " is no graph", e);
    }
  }
}
