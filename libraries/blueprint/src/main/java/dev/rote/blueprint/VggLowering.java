package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.Vgg;
import java.util.List;
import java.util.Map;

/**
 * VGG networks (Simonyan and Zisserman, ICLR 2015, configurations A, B and D) in the form that is
 * used on CIFAR: five stages of 3x3 convolutions, each with a max pool, and one dense layer. Names
 * are torchvision's, slashes for dots: {@code features/0} and so on, counting ReLUs and pools.
 */
final class VggLowering implements Lowering {
  private static final int MOST_WIDTH = 1024;
  private static final int LARGEST_FACTOR = 8;
  private static final Map<Integer, List<Integer>> CONVOLUTIONS =
      Map.of(11, List.of(1, 1, 2, 2, 2), 13, List.of(2, 2, 2, 2, 2), 16, List.of(2, 2, 3, 3, 3));

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.VGG;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    Vgg.Builder vgg = model.getVggBuilder();
    vgg.setDepth(vgg.hasDepth() ? vgg.getDepth() : 11);
    vgg.setWidth(vgg.hasWidth() ? vgg.getWidth() : 64);
    vgg.setBatchNorm(!vgg.hasBatchNorm() || vgg.getBatchNorm());
    vgg.setBiases(!vgg.hasBiases() || vgg.getBiases());
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    Vgg vgg = model.getVgg();
    if (!CONVOLUTIONS.containsKey(vgg.getDepth())) {
      complaints.violate(
          "vgg.depth", "must be 11, 13 or 16, was " + Integer.toUnsignedLong(vgg.getDepth()));
    }
    complaints.inRange("vgg.width", vgg.getWidth(), 1, MOST_WIDTH);
  }

  @Override
  public String words(ModelSpec model) {
    Vgg vgg = model.getVgg();
    return "VGG-" + vgg.getDepth() + " of width " + Lowering.sizes(List.of(vgg.getWidth()));
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    Vgg vgg = model.getVgg();
    int number = 0;
    int factor = 1;
    for (int convolutions : CONVOLUTIONS.getOrDefault(vgg.getDepth(), List.of())) {
      for (int c = 0; c < convolutions; c++) {
        Op convolution =
            new Convolution(
                vgg.getWidth() * factor, new Window(3, 1, false, 1), 1, vgg.getBiases());
        number = then(nodes, number, convolution);
        if (vgg.getBatchNorm()) {
          number = then(nodes, number, new BatchNorm());
        }
        number = then(nodes, number, new Relu());
      }
      number = then(nodes, number, new MaxPool(new Window(2, 2, false, 0)));
      factor = Math.min(LARGEST_FACTOR, 2 * factor);
    }
    nodes.then("flatten", "flatten", new Flatten());
    nodes.then("classifier", "classifier", new Dense(classes, true));
  }

  private static int then(Nodes nodes, int number, Op op) {
    String name = "features/" + number;
    nodes.then(name, name, op);
    return number + 1;
  }
}
