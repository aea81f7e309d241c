package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.PlainCnn;
import dev.rote.v1.Shape;
import java.util.List;

/**
 * Convolutions with biases, max pool and ReLU; channels dropped after the last convolution (Tompson
 * et al., CVPR 2015); dense layers with ReLU and dropout; dense logits. Its defaults are the
 * network on MNIST of Toneva et al. (ICLR 2019), that of PyTorch's examples, with its names: {@code
 * conv1}, {@code conv2}, {@code fc1}, {@code fc2}.
 */
final class PlainCnnLowering implements Lowering {
  private static final int MOST_LAYERS = 8;
  private static final int LARGEST_WINDOW = 31;

  @Override
  public ModelSpec.ArchitectureCase field() {
    return ModelSpec.ArchitectureCase.PLAIN_CNN;
  }

  @Override
  public void fill(ModelSpec.Builder model, Shape shape) {
    PlainCnn.Builder cnn = model.getPlainCnnBuilder();
    if (cnn.getFiltersCount() == 0) {
      cnn.addAllFilters(List.of(10, 20));
    }
    cnn.setKernel(cnn.hasKernel() ? cnn.getKernel() : 5);
    cnn.setPool(cnn.hasPool() ? cnn.getPool() : 2);
    if (cnn.getDenseCount() == 0) {
      cnn.addDense(50);
    }
    cnn.setChannelDropout(cnn.hasChannelDropout() ? cnn.getChannelDropout() : 0.5);
    cnn.setDropout(cnn.hasDropout() ? cnn.getDropout() : 0.5);
  }

  @Override
  public void check(ModelSpec model, Complaints complaints) {
    PlainCnn cnn = model.getPlainCnn();
    layers("plainCnn.filters", cnn.getFiltersList(), complaints);
    complaints.inRange("plainCnn.kernel", cnn.getKernel(), 1, LARGEST_WINDOW);
    complaints.inRange("plainCnn.pool", cnn.getPool(), 1, LARGEST_WINDOW);
    layers("plainCnn.dense", cnn.getDenseList(), complaints);
    probability("plainCnn.channelDropout", cnn.getChannelDropout(), complaints);
    probability("plainCnn.dropout", cnn.getDropout(), complaints);
  }

  @Override
  public String words(ModelSpec model) {
    PlainCnn cnn = model.getPlainCnn();
    return "plain CNN with convolutions of "
        + Lowering.sizes(cnn.getFiltersList())
        + " filters and dense layers of "
        + Lowering.sizes(cnn.getDenseList())
        + " units";
  }

  private static void layers(String field, List<Integer> units, Complaints complaints) {
    if (units.size() > MOST_LAYERS) {
      complaints.violate(
          field, "must have at most " + MOST_LAYERS + " values, had " + units.size());
    }
    for (int i = 0; i < units.size(); i++) {
      complaints.inRange(field + "[" + i + "]", units.get(i), 1, MlpLowering.MOST_UNITS);
    }
  }

  private static void probability(String field, double value, Complaints complaints) {
    if (!(value >= 0 && value < 1)) {
      complaints.violate(field, "must be in [0, 1), was " + value);
    }
  }

  @Override
  public void lower(ModelSpec model, int classes, Nodes nodes) {
    PlainCnn cnn = model.getPlainCnn();
    int layer = 0;
    for (int filters : cnn.getFiltersList()) {
      layer++;
      Window kernel = new Window(cnn.getKernel(), 1, false, 0);
      then(nodes, "conv" + layer, new Convolution(filters, kernel, 1, true));
      if (layer == cnn.getFiltersCount() && cnn.getChannelDropout() > 0) {
        then(nodes, "conv" + layer + "/drop", nodes.channelDropout(cnn.getChannelDropout()));
      }
      then(nodes, "pool" + layer, new MaxPool(new Window(cnn.getPool(), cnn.getPool(), false, 0)));
      then(nodes, "relu" + layer, new Relu());
    }
    then(nodes, "flatten", new Flatten());
    int dense = 0;
    for (int units : cnn.getDenseList()) {
      dense++;
      then(nodes, "fc" + dense, new Dense(units, true));
      then(nodes, "fc" + dense + "/relu", new Relu());
      if (cnn.getDropout() > 0) {
        then(nodes, "fc" + dense + "/drop", nodes.dropout(cnn.getDropout()));
      }
    }
    then(nodes, "fc" + (dense + 1), new Dense(classes, true));
  }

  private static void then(Nodes nodes, String name, Op op) {
    nodes.then(name, name, op);
  }
}
