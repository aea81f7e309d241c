package dev.rote.blueprint;

import dev.rote.v1.AlexnetSmall;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * The small AlexNet of Zhang et al. (ICLR 2017, appendix A): two blocks of a 5x5 convolution of 64
 * filters with biases, ReLU, a 3x3 max pool of stride 2 and local response normalisation; dense
 * layers of 384 and 192 units with ReLU; dense logits. On images of 28x28x3 it has 1,387,786
 * parameters, as theirs.
 *
 * <p>The paper does not give filters, padding or the constants of the normalisation: filters and
 * padding are those that meet its count; the constants are those of the tutorial that its sizes
 * come from (radius 4, bias 1, alpha 0.001/9 a value, beta 0.75).
 */
final class AlexnetSmallLowering implements Lowering {
  private static final int FILTERS = 64;
  private static final int CROPPED_SIDE = 32;
  private static final int LARGEST_CROP = 1000;

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.ALEXNET_SMALL;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    AlexnetSmall.Builder alexnet = model.getAlexnetSmallBuilder();
    alexnet.setCrop(alexnet.hasCrop() ? alexnet.getCrop() : defaultCrop(shape));
  }

  /** Pixels that leave 28x28 of 32x32. */
  static int defaultCrop(Shape shape) {
    return shape.getHeight() == CROPPED_SIDE ? 2 : 0;
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    complaints.inRange("alexnetSmall.crop", model.getAlexnetSmall().getCrop(), 0, LARGEST_CROP);
  }

  @Override
  public String words(ModelSpec model) {
    return "small AlexNet";
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    int crop = model.getAlexnetSmall().getCrop();
    if (crop > 0) {
      nodes.then("crop", "crop", new Crop(crop));
    }
    for (int block = 1; block <= 2; block++) {
      Window kernel = new Window(5, 1, false, 2);
      then(nodes, "conv" + block, new Convolution(FILTERS, kernel, 1, true));
      then(nodes, "conv" + block + "/relu", new Relu());
      then(nodes, "pool" + block, new MaxPool(new Window(3, 2, false, 1)));
      then(nodes, "norm" + block, new LocalResponseNorm(9, 0.001 / 9, 0.75, 1));
    }
    then(nodes, "flatten", new Flatten());
    then(nodes, "fc1", new Dense(384, true));
    then(nodes, "fc1/relu", new Relu());
    then(nodes, "fc2", new Dense(192, true));
    then(nodes, "fc2/relu", new Relu());
    then(nodes, "fc3", new Dense(classes, true));
  }

  private static void then(Nodes nodes, String name, Op op) {
    nodes.then(name, name, op);
  }
}
