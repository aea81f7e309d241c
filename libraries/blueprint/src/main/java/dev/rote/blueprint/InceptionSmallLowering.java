package dev.rote.blueprint;

import dev.rote.v1.InceptionSmall;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.List;

/**
 * The small Inception of Zhang et al. (ICLR 2017, Figure 3): a 3x3 convolution of 96 filters; eight
 * inception modules, each a 1x1 and a 3x3 convolution side by side, with two modules between them
 * that halve the image by a 3x3 convolution and a 3x3 max pool side by side; the global average;
 * dense logits. Convolutions pad to keep the size and are followed by batch normalisation and ReLU.
 *
 * <p>On images of 28x28x3 it has 1,649,402 parameters, as theirs, where batch normalisation shifts
 * and does not scale, the default of the library that they used; also without batch normalisation,
 * with biases in its place. With scales it would have 1,651,114.
 */
final class InceptionSmallLowering implements Lowering {
  private static final int LARGEST_CROP = 1000;
  private static final int[][] FIRST = {{32, 32}, {32, 48}};
  private static final int[][] SECOND = {{112, 48}, {96, 64}, {80, 80}, {48, 96}};
  private static final int[][] THIRD = {{176, 160}, {176, 160}};

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.INCEPTION_SMALL;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    InceptionSmall.Builder inception = model.getInceptionSmallBuilder();
    inception.setCrop(
        inception.hasCrop() ? inception.getCrop() : AlexnetSmallLowering.defaultCrop(shape));
    inception.setBatchNorm(!inception.hasBatchNorm() || inception.getBatchNorm());
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    int crop = model.getInceptionSmall().getCrop();
    complaints.inRange("inceptionSmall.crop", crop, 0, LARGEST_CROP);
  }

  @Override
  public String words(ModelSpec model) {
    String norm = model.getInceptionSmall().getBatchNorm() ? "" : " without batch normalisation";
    return "small Inception" + norm;
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    InceptionSmall inception = model.getInceptionSmall();
    if (inception.getCrop() > 0) {
      nodes.then("crop", "crop", new Crop(inception.getCrop()));
    }
    Writer writer = new Writer(nodes, inception.getBatchNorm());
    writer.convolution("conv1", 96, 3, 1, nodes.last());
    writer.modules(1, FIRST);
    writer.halved("downsample1", 80);
    writer.modules(3, SECOND);
    writer.halved("downsample2", 96);
    writer.modules(7, THIRD);
    nodes.then("average", "average", new GlobalAveragePool());
    nodes.then("fc", "fc", new Dense(classes, true));
  }

  private record Writer(Nodes nodes, boolean batchNorm) {

    String convolution(String name, int filters, int kernel, int stride, String input) {
      Window window = new Window(kernel, stride, false, (kernel - 1) / 2);
      nodes.add(name, name, new Convolution(filters, window, 1, !batchNorm), List.of(input));
      if (batchNorm) {
        nodes.then(name + "/norm", name + "/norm", new BatchNorm(false));
      }
      nodes.then(name + "/relu", name + "/relu", new Relu());
      return nodes.last();
    }

    void modules(int first, int[][] filters) {
      int number = first;
      for (int[] pair : filters) {
        String scope = "inception" + number++;
        String input = nodes.last();
        String small = convolution(scope + "/1x1", pair[0], 1, 1, input);
        String large = convolution(scope + "/3x3", pair[1], 3, 1, input);
        nodes.add(scope, scope, new Concatenate(2), List.of(small, large));
      }
    }

    void halved(String scope, int filters) {
      String input = nodes.last();
      String convolved = convolution(scope + "/3x3", filters, 3, 2, input);
      String pool = scope + "/pool";
      nodes.add(pool, pool, new MaxPool(new Window(3, 2, false, 1)), List.of(input));
      nodes.add(scope, scope, new Concatenate(2), List.of(convolved, pool));
    }
  }
}
