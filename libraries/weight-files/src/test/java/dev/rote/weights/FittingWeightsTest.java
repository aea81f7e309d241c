package dev.rote.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.v1.Graph;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which files fit a network, and what is said of those that do not. */
class FittingWeightsTest {
  private static final ModelSpec MLP =
      ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(4)).build();

  private static Blueprint blueprint(ModelSpec model, int channels, int side) {
    ModelSpec.Builder filled = model.toBuilder();
    Shape shape = Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    Models.fill(filled, shape);
    return Blueprint.of(filled.build(), shape, 3);
  }

  private static WeightArray floats(String name, Integer... shape) {
    return new WeightArray(name, ArrayType.F32, List.of(shape));
  }

  private static List<WeightArray> arrays(WeightLayout layout) {
    List<WeightArray> arrays = new ArrayList<>();
    layout.placements().forEach(placement -> arrays.add(placement.array()));
    arrays.addAll(layout.counters().values());
    return arrays;
  }

  @Test
  void of_eitherLayout_fits_withoutWhatTheModelSays() {
    ModelSpec.Builder model = MLP.toBuilder();
    model
        .getNormalizationBuilder()
        .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance());
    Blueprint normalised = blueprint(model.build(), 1, 2);
    Blueprint plain = blueprint(MLP, 1, 2);
    for (WeightLayout layout : List.of(WeightLayout.own(plain), TorchLayout.of(plain))) {
      assertThat(FittingWeights.of(plain, "f", arrays(layout)).places()).hasSize(4);
      assertThat(FittingWeights.of(normalised, "f", arrays(layout)).places()).hasSize(4);
    }
    assertThat(FittingWeights.of(normalised, "f", arrays(TorchLayout.of(normalised))).places())
        .hasSize(4);
  }

  @Test
  void of_optimizersState_isPassedOver() {
    List<WeightArray> arrays = arrays(WeightLayout.own(blueprint(MLP, 1, 2)));
    arrays.add(floats("layer0/weights/momentum", 4, 4));
    assertThat(FittingWeights.of(blueprint(MLP, 1, 2), "f", arrays).places()).hasSize(4);
  }

  @Test
  void of_otherNetwork_namesTensorAndShape() {
    Blueprint blueprint = blueprint(MLP, 1, 2);
    assertThatThrownBy(
            () ->
                FittingWeights.of(
                    blueprint,
                    "mine.npz",
                    List.of(
                        floats("layer0.weight", 4, 9),
                        floats("layer0.bias", 4),
                        new WeightArray("layer1.weight", ArrayType.F16, List.of(3, 4)),
                        floats("layer2.weight", 3, 4))))
        .isInstanceOf(WeightFileException.class)
        .hasMessage(
            "mine.npz does not fit the model in the layout torch: it has layer0.weight of shape"
                + " [4, 9], must be [4, 4]; it has layer1.weight of type F16, must be F32; it lacks"
                + " layer1.bias of shape [3]; it has layer2.weight, which the model has not");
  }

  @Test
  void of_deeperResnet_isRefused() {
    ModelSpec.Builder deep = ModelSpec.newBuilder();
    deep.getResnetBuilder().setDepth(34).setWidth(2);
    ModelSpec.Builder less = ModelSpec.newBuilder();
    less.getResnetBuilder().setDepth(18).setWidth(2);
    List<WeightArray> arrays = arrays(TorchLayout.of(blueprint(deep.build(), 3, 32)));
    assertThatThrownBy(() -> FittingWeights.of(blueprint(less.build(), 3, 32), "f", arrays))
        .hasMessageContaining("it has layer1.2.conv1.weight, which the model has not")
        .hasMessageContaining(" more");
  }

  /** Its own names are fine, and its files come in. */
  @Test
  void torch_namesThatClash_areRefused_andOnesOwnAreNot() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    for (String name : List.of("a", "a/linear", "b")) {
      model
          .getGraphBuilder()
          .addNodesBuilder()
          .setName(name)
          .setDense(Graph.Dense.newBuilder().setUnits(3));
    }
    model.getGraphBuilder().addNodesBuilder(0).setName("flat").getFlattenBuilder();
    Blueprint blueprint = blueprint(model.build(), 1, 2);
    assertThatThrownBy(() -> TorchLayout.of(blueprint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("node a/linear cannot have PyTorch's names: another has them already");
    assertThat(FittingWeights.of(blueprint, "f", arrays(WeightLayout.own(blueprint))).places())
        .hasSize(6);
  }

  @Test
  void torch_names_areTorchvisions() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getResnetBuilder().setDepth(50).setWidth(2);
    assertThat(arrays(TorchLayout.of(blueprint(model.build(), 3, 32))))
        .extracting(WeightArray::name)
        .contains(
            "conv1.weight",
            "bn1.running_var",
            "bn1.num_batches_tracked",
            "layer1.0.conv3.weight",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.running_mean",
            "layer4.2.bn3.bias",
            "fc.weight",
            "fc.bias");
  }
}
