package dev.rote.blueprint;

import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.List;

/**
 * The paper's "small Alexnet-style" network (Arpit et al. 2017, appendix): a crop; convolution,
 * batch normalisation, ReLU, max pool and noise twice; dense without biases, batch normalisation,
 * ReLU and noise twice; dense logits.
 */
final class CnnLowering implements Lowering {
  private static final int CROPPED_SIDE = 32;
  private static final int LARGEST_WINDOW = 31;
  private static final int LARGEST_CROP = 1000;

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.CNN;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    Cnn cnn = model.getCnn();
    Cnn.Builder filled = cnn.toBuilder();
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    boolean large = shape.getHeight() == CROPPED_SIDE;
    filled.setCrop(cnn.hasCrop() ? cnn.getCrop() : large ? 2 : 0);
    if (cnn.getFiltersCount() == 0) {
      filled.addAllFilters(List.of(200, 200));
    }
    filled.setKernel(cnn.hasKernel() ? cnn.getKernel() : 5);
    filled.setPadding(same ? Cnn.Padding.SAME : Cnn.Padding.VALID);
    filled.setPool(cnn.hasPool() ? cnn.getPool() : 3);
    filled.setPoolStride(cnn.hasPoolStride() ? cnn.getPoolStride() : same ? 2 : 3);
    if (cnn.getDenseCount() == 0) {
      filled.addAllDense(List.of(384, 192));
    }
    model.setCnn(filled);
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    Cnn cnn = model.getCnn();
    pair("cnn.filters", cnn.getFiltersList(), complaints);
    pair("cnn.dense", cnn.getDenseList(), complaints);
    complaints.inRange("cnn.kernel", cnn.getKernel(), 1, LARGEST_WINDOW);
    complaints.inRange("cnn.pool", cnn.getPool(), 1, LARGEST_WINDOW);
    complaints.inRange("cnn.poolStride", cnn.getPoolStride(), 1, LARGEST_WINDOW);
    complaints.inRange("cnn.crop", cnn.getCrop(), 0, LARGEST_CROP);
  }

  private static void pair(String field, List<Integer> units, Complaints complaints) {
    if (units.size() != 2) {
      complaints.violate(field, "must have two values, had " + units.size());
    }
    for (int i = 0; i < units.size(); i++) {
      complaints.inRange(field + "[" + i + "]", units.get(i), 1, MlpLowering.MOST_UNITS);
    }
  }

  @Override
  public String words(ModelSpec model) {
    Cnn cnn = model.getCnn();
    return "CNN with convolutions of "
        + Lowering.sizes(cnn.getFiltersList())
        + " filters of "
        + cnn.getKernel()
        + " x "
        + cnn.getKernel()
        + " and dense layers of "
        + Lowering.sizes(cnn.getDenseList())
        + " units";
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    Cnn cnn = model.getCnn();
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    Window kernel = new Window(cnn.getKernel(), 1, same);
    Window pool = new Window(cnn.getPool(), cnn.getPoolStride(), same);
    int block = 0;
    nodes.then("crop", "", new Crop(cnn.getCrop()));
    for (int filters : cnn.getFiltersList()) {
      String scope = "layer" + block++;
      nodes
          .then(scope + "/convolution", scope, new Convolution(filters, kernel))
          .then(scope + "/norm", scope, new BatchNorm())
          .then(scope + "/relu", scope, new Relu())
          .then(scope + "/pool", scope, new MaxPool(pool))
          .then(scope + "/noise", scope, nodes.noise());
    }
    nodes.then("flatten", "", new Flatten());
    for (int units : cnn.getDenseList()) {
      String scope = "layer" + block++;
      nodes
          .then(scope + "/dense", scope, new Dense(units, false))
          .then(scope + "/norm", scope, new BatchNorm())
          .then(scope + "/relu", scope, new Relu())
          .then(scope + "/noise", scope, nodes.noise());
    }
    String scope = "layer" + block;
    nodes.then(scope + "/dense", scope, new Dense(classes, true));
  }
}
