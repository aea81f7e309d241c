package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Resnet;
import dev.rote.v1.Shape;
import java.util.List;
import java.util.Map;

/**
 * Residual networks (He et al., CVPR 2016) of 18, 34 and 50 layers, with names of torchvision's
 * {@code resnet18} and so on, slashes for dots; a shortcut that changes its shape is a 1x1
 * convolution and batch normalisation (option B). A bottleneck strides in its 3x3 convolution, as
 * torchvision's do.
 *
 * <p>Depth 9 is another network, of the DAWNBench entries on CIFAR-10 (Page 2018): convolutions to
 * w, 2w (pooled), a residual block, 4w (pooled), 8w (pooled), a residual block, each convolution
 * with batch normalisation and ReLU, the largest value of what is left, and dense logits with
 * biases. Differs from its source: logits are not multiplied by 1/8.
 */
final class ResnetLowering implements Lowering {
  private static final int QUICK = 9;
  private static final int BOTTLENECKS = 50;
  private static final int EXPANSION = 4;
  private static final int MOST_WIDTH = 1024;
  private static final Map<Integer, List<Integer>> BLOCKS =
      Map.of(18, List.of(2, 2, 2, 2), 34, List.of(3, 4, 6, 3), BOTTLENECKS, List.of(3, 4, 6, 3));

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.RESNET;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    Resnet.Builder resnet = model.getResnetBuilder();
    resnet.setDepth(resnet.hasDepth() ? resnet.getDepth() : 18);
    resnet.setWidth(resnet.hasWidth() ? resnet.getWidth() : 64);
    boolean large = resnet.getStem() == Resnet.Stem.IMAGENET;
    resnet.setStem(large ? Resnet.Stem.IMAGENET : Resnet.Stem.CIFAR);
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    Resnet resnet = model.getResnet();
    int depth = resnet.getDepth();
    if (depth != QUICK && !BLOCKS.containsKey(depth)) {
      complaints.violate(
          "resnet.depth", "must be 9, 18, 34 or 50, was " + Integer.toUnsignedLong(depth));
    }
    complaints.inRange("resnet.width", resnet.getWidth(), 1, MOST_WIDTH);
    if (depth == QUICK && resnet.getStem() != Resnet.Stem.CIFAR) {
      complaints.violate("resnet.stem", "must be CIFAR at depth 9, which has no other form");
    }
  }

  @Override
  public String words(ModelSpec model) {
    Resnet resnet = model.getResnet();
    return "ResNet-"
        + resnet.getDepth()
        + " of width "
        + Lowering.sizes(List.of(resnet.getWidth()));
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    Resnet resnet = model.getResnet();
    Convolutions convolutions = new Convolutions(nodes);
    if (resnet.getDepth() == QUICK) {
      quick(resnet.getWidth(), convolutions);
      nodes.then("flatten", "flatten", new Flatten());
    } else {
      stem(resnet, convolutions);
      stages(resnet, convolutions);
      nodes.then("avgpool", "avgpool", new GlobalAveragePool());
    }
    nodes.then("fc", "fc", new Dense(classes, true));
  }

  private static void stem(Resnet resnet, Convolutions convolutions) {
    boolean large = resnet.getStem() == Resnet.Stem.IMAGENET;
    convolutions.normalized("conv1", "bn1", resnet.getWidth(), large ? 7 : 3, large ? 2 : 1);
    convolutions.relu("relu");
    if (large) {
      convolutions.nodes().then("maxpool", "maxpool", new MaxPool(new Window(3, 2, false, 1)));
    }
  }

  private static void stages(Resnet resnet, Convolutions convolutions) {
    boolean bottleneck = resnet.getDepth() == BOTTLENECKS;
    int expansion = bottleneck ? EXPANSION : 1;
    int channels = resnet.getWidth();
    int stage = 0;
    for (int blocks : BLOCKS.getOrDefault(resnet.getDepth(), List.of())) {
      int inner = resnet.getWidth() << stage;
      for (int b = 0; b < blocks; b++) {
        int stride = b == 0 && stage > 0 ? 2 : 1;
        String scope = "layer" + (stage + 1) + "/" + b;
        Block block = new Block(scope, inner, inner * expansion, stride);
        boolean same = stride == 1 && channels == block.outer();
        residual(block, bottleneck, same, convolutions);
        channels = block.outer();
      }
      stage++;
    }
  }

  /** Where a residual block stands, its channels inside and outside, and its stride. */
  private record Block(String scope, int inner, int outer, int stride) {}

  private static void residual(
      Block block, boolean bottleneck, boolean same, Convolutions convolutions) {
    String at = block.scope() + "/";
    String input = convolutions.nodes().last();
    if (bottleneck) {
      convolutions.normalized(at + "conv1", at + "bn1", block.inner(), 1, 1);
      convolutions.relu(at + "relu1");
      convolutions.normalized(at + "conv2", at + "bn2", block.inner(), 3, block.stride());
      convolutions.relu(at + "relu2");
      convolutions.normalized(at + "conv3", at + "bn3", block.outer(), 1, 1);
    } else {
      convolutions.normalized(at + "conv1", at + "bn1", block.inner(), 3, block.stride());
      convolutions.relu(at + "relu1");
      convolutions.normalized(at + "conv2", at + "bn2", block.outer(), 3, 1);
    }
    String path = convolutions.nodes().last();
    String shortcut = input;
    if (!same) {
      shortcut = convolutions.shortcut(at + "downsample", block.outer(), block.stride(), input);
    }
    convolutions.nodes().add(at + "sum", at + "sum", new Add(), List.of(path, shortcut));
    convolutions.relu(at + "relu");
  }

  private static void quick(int width, Convolutions convolutions) {
    convolutions.block("conv1", width).block("conv2", 2 * width).pool("conv2/pool");
    twice("res1", 2 * width, convolutions);
    convolutions.block("conv3", 4 * width).pool("conv3/pool");
    convolutions.block("conv4", 8 * width).pool("conv4/pool");
    twice("res2", 8 * width, convolutions);
    convolutions.nodes().then("pool", "pool", new MaxPool(new Window(4, 4, false, 0)));
  }

  private static void twice(String scope, int channels, Convolutions convolutions) {
    String input = convolutions.nodes().last();
    convolutions.block(scope + "/0", channels).block(scope + "/1", channels);
    String path = convolutions.nodes().last();
    convolutions.nodes().add(scope + "/sum", scope + "/sum", new Add(), List.of(path, input));
  }
}
