package dev.rote.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlueprintTest {
  private static final Shape CIFAR =
      Shape.newBuilder().setChannels(3).setHeight(32).setWidth(32).build();

  private static ModelSpec filled(ModelSpec.Builder model, Shape shape) {
    Models.fill(model, shape);
    return model.build();
  }

  private static Blueprint paperCnn() {
    ModelSpec.Builder model = ModelSpec.newBuilder().setCnn(Cnn.getDefaultInstance());
    return Blueprint.of(filled(model, CIFAR), CIFAR, 10);
  }

  private static Blueprint mlp(Integer... hidden) {
    Mlp mlp = Mlp.newBuilder().addAllHidden(List.of(hidden)).build();
    return Blueprint.of(
        ModelSpec.newBuilder().setMlp(mlp).build(),
        Shape.newBuilder().setChannels(3).setHeight(28).setWidth(28).build(),
        10);
  }

  private static List<String> names(Blueprint blueprint) {
    return blueprint.parameters().stream().map(p -> p.name() + p.sizes()).toList();
  }

  /** Zhang et al., ICLR 2017, table 1: the counts of their two perceptrons. */
  @Test
  void trainable_perceptronsOfZhang_areAsManyAsPublished() {
    assertThat(mlp(512).trainable()).isEqualTo(1_209_866);
    assertThat(mlp(512, 512, 512).trainable()).isEqualTo(1_735_178);
  }

  @Test
  void of_mlp_hasTheNamesOfItsCheckpoints() {
    assertThat(names(mlp(5, 4)))
        .containsExactly(
            "layer0/weights[2352, 5]",
            "layer0/biases[5]",
            "layer1/weights[5, 4]",
            "layer1/biases[4]",
            "layer2/weights[4, 10]",
            "layer2/biases[10]");
  }

  @Test
  void of_paperCnn_hasTheNamesShapesAndFansOfItsCheckpoints() {
    Blueprint cnn = paperCnn();
    assertThat(names(cnn))
        .containsExactly(
            "layer0/weights[200, 3, 5, 5]",
            "layer0/scale[200]",
            "layer0/shift[200]",
            "layer0/mean[200]",
            "layer0/variance[200]",
            "layer1/weights[200, 200, 5, 5]",
            "layer1/scale[200]",
            "layer1/shift[200]",
            "layer1/mean[200]",
            "layer1/variance[200]",
            "layer2/weights[200, 384]",
            "layer2/scale[384]",
            "layer2/shift[384]",
            "layer2/mean[384]",
            "layer2/variance[384]",
            "layer3/weights[384, 192]",
            "layer3/scale[192]",
            "layer3/shift[192]",
            "layer3/mean[192]",
            "layer3/variance[192]",
            "layer4/weights[192, 10]",
            "layer4/biases[10]");
    assertThat(cnn.parameters().get(5).fans()).containsExactly(5000, 5000);
    assertThat(cnn.nodes().stream().map(node -> node.extent().toString()).distinct())
        .containsExactly(
            "3x32x32",
            "3x28x28",
            "200x24x24",
            "200x8x8",
            "200x4x4",
            "200x1x1",
            "200",
            "384",
            "192",
            "10");
  }

  @Test
  void noise_everyBlock_hasStreamsOfItsOwn() {
    List<String> streams = new ArrayList<>();
    for (Node node : paperCnn().nodes()) {
      if (node.op() instanceof Noise noise) {
        streams.add(noise.noiseStream());
        streams.add(noise.dropoutStream());
      }
    }
    assertThat(streams)
        .startsWith("hidden-noise/0", "hidden-dropout/0", "hidden-noise/1")
        .endsWith("hidden-dropout/3")
        .hasSize(8)
        .doesNotHaveDuplicates();
  }

  /** By hand: products forward, by weights, and by inputs but for the first. */
  @Test
  void stepOperations_ofAnMlp_countsTheProducts() {
    assertThat(mlp(5, 4).stepOperations(7))
        .isEqualTo(7 * (2 * 2.0 * 2352 * 5 + 3 * 2.0 * 5 * 4 + 3 * 2.0 * 4 * 10));
  }

  /** By hand: values and gradients of input, dense, ReLU, dense, and parameters with momentum. */
  @Test
  void stepBytes_ofAnMlp_countsActivationsAndParameters() {
    assertThat(mlp(5).stepBytes(7))
        .isEqualTo(4 * (2 * 7 * (2352 + 5 + 5 + 10) + 2 * (2352 * 5 + 5 + 5 * 10 + 10)));
  }

  @Test
  void supports_secondDerivativesAndUnrolledSteps_throughBatchNormToo() {
    for (Blueprint blueprint : List.of(mlp(5), paperCnn())) {
      assertThat(blueprint.supports(Ability.SECOND_DERIVATIVES)).isTrue();
      assertThat(blueprint.supports(Ability.UNROLLED_STEPS)).isTrue();
    }
  }

  @Test
  void of_whatDoesNotFit_namesTheNodeAndTheWay() {
    Shape small = Shape.newBuilder().setChannels(1).setHeight(14).setWidth(14).build();
    ModelSpec.Builder model = ModelSpec.newBuilder().setCnn(Cnn.getDefaultInstance());
    ModelSpec cnn = filled(model, small);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blueprint.of(cnn, small, 10))
        .withMessageStartingWith(
            "node layer1/convolution: a window of 5x5 does not fit into the 3x3")
        .withMessageContaining("(1x14x14 → 200x10x10 → 200x3x3)");
    ModelSpec cropped = ModelSpec.newBuilder().setCnn(cnn.getCnn().toBuilder().setCrop(7)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blueprint.of(cropped, small, 10))
        .withMessageStartingWith("node crop: must cut less than half of the image's 14x14 pixels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blueprint.of(ModelSpec.getDefaultInstance(), small, 10))
        .withMessageStartingWith("model must have mlp, cnn, ")
        .withMessageContaining(" or graph");
  }
}
