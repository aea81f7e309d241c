package dev.rote.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputNormalizingTest {
  private static final Shape IMAGES =
      Shape.newBuilder().setChannels(3).setHeight(8).setWidth(6).build();
  private static final String SPLIT = " normalization {of_training_split {}}";
  private static final String CONSTANTS =
      " normalization {constants {mean: [0.4, 0.5, 0.6] deviation: 0.25}}";
  private static final String NODES =
      "graph {nodes {name: 'c' crop {pixels: 1}} nodes {name: 'f' flatten {}}"
          + " nodes {name: 'a' dense {units: 4}} nodes {name: 'b' inputs: 'f' dense {units: 4}}"
          + " nodes {name: 's' inputs: 'a' inputs: 'b' add {}} nodes {name: 'd' dense {}}}";

  private static ModelSpec model(String text) throws TextFormat.ParseException {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    TextFormat.merge(text, model);
    Models.fill(model, IMAGES);
    return model.build();
  }

  private static List<String> complaints(String text) throws TextFormat.ParseException {
    List<String> all = new ArrayList<>();
    Models.check(model(text), IMAGES, 3, (field, message) -> all.add(field + ": " + message));
    return all;
  }

  private static List<String> names(Blueprint blueprint) {
    return blueprint.nodes().stream().map(node -> node.name() + node.inputs()).toList();
  }

  @Test
  void of_everyArchitecture_normalisesWhatIsLeftOfTheImageBeforeAllElse()
      throws TextFormat.ParseException {
    assertThat(complaints(NODES + CONSTANTS)).isEmpty();
    Blueprint graph = Blueprint.of(model(NODES + CONSTANTS), IMAGES, 3);
    assertThat(names(graph))
        .containsExactly(
            "input[]", "c[0]", "normalization[1]", "f[2]", "a[3]", "b[3]", "s[4, 5]", "d[6]");
    assertThat(graph.nodes().get(2).op())
        .isEqualTo(new Normalize(List.of(0.4, 0.5, 0.6), List.of(0.25)));
    assertThat(graph.nodes().get(2).extent()).isEqualTo(Extent.image(3, 6, 4));
    assertThat(graph.entry()).isEqualTo(1);
    assertThat(graph.crop()).isEqualTo(1);
    assertThat(names(Blueprint.of(model("mlp {hidden: 5}" + SPLIT), IMAGES, 3)))
        .startsWith("input[]", "normalization[0]", "flatten[1]", "layer0/dense[2]");
    assertThat(
            names(
                Blueprint.of(
                    model("cnn {filters: [2, 2] kernel: 2 pool: 1 pool_stride: 1}" + SPLIT),
                    IMAGES,
                    3)))
        .startsWith("input[]", "crop[0]", "normalization[1]", "layer0/convolution[2]");
  }

  @Test
  void of_normalised_hasTwoMoreParametersThatNothingTrains() throws TextFormat.ParseException {
    Blueprint plain = Blueprint.of(model("mlp {hidden: 5}"), IMAGES, 3);
    Blueprint normalised = Blueprint.of(model("mlp {hidden: 5}" + SPLIT), IMAGES, 3);
    assertThat(normalised.parameters().subList(0, 2).stream().map(p -> p.name() + p.sizes()))
        .containsExactly("normalization/mean[3]", "normalization/deviation[3]");
    assertThat(normalised.parameters().subList(2, 6)).isEqualTo(plain.parameters());
    assertThat(normalised.trainable()).isEqualTo(plain.trainable());
    assertThat(normalised.stepOperations(7)).isEqualTo(plain.stepOperations(7));
    assertThat(normalised.supports(Ability.SECOND_DERIVATIVES)).isTrue();
    assertThat(DenseChain.of(normalised)).contains(List.of(3, 6));
  }

  @Test
  void behindNormalization_isTheNetworkOfWhatIsLeft() throws TextFormat.ParseException {
    Blueprint graph = Blueprint.of(model(NODES + CONSTANTS), IMAGES, 3);
    Blueprint behind = graph.behindNormalization();
    assertThat(names(behind)).containsExactly("input[]", "f[0]", "a[1]", "b[1]", "s[2, 3]", "d[4]");
    assertThat(behind.input()).isEqualTo(IMAGES.toBuilder().setHeight(6).setWidth(4).build());
    assertThat(behind.parameters()).isEqualTo(graph.parameters().subList(2, 8));
    assertThat(behind.normalization()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | normalization: must have constants or ofTrainingSplit, such as ofTrainingSplit: {}
          {constants {mean: 0.5}} | normalization.constants.deviation: must have one value for all channels, or one for each of the image's 3, had 0
          {constants {mean: [0.5, 0.5] deviation: 1}} | normalization.constants.mean: must have one value for all channels, or one for each of the image's 3, had 2
          {constants {mean: 125.3 deviation: 1}} | normalization.constants.mean[0]: must be in [0, 1], in units of the [0, 1] input, was 125.3
          {constants {mean: 0.5 deviation: [1, 0, 1]}} | normalization.constants.deviation[1]: must be in [1.0E-6, 1000], in units of the [0, 1] input, was 0
          {constants {mean: 0.5 deviation: -2}} | normalization.constants.deviation[0]: must be in [1.0E-6, 1000], in units of the [0, 1] input, was -2
          {constants {mean: nan deviation: 1}} | normalization.constants.mean[0]: must be in [0, 1], in units of the [0, 1] input, was NaN
          """)
  void check_whatCannotBe_isRefusedWithFieldValueAndBound(String normalization, String complaint)
      throws TextFormat.ParseException {
    assertThat(complaints("mlp {} normalization " + normalization)).containsExactly(complaint);
  }

  /** Where only the files tell how many channels there are, the trainer refuses. */
  @Test
  void of_otherNumberOfChannels_isRefused() throws TextFormat.ParseException {
    ModelSpec model = model("mlp {}" + CONSTANTS);
    Shape grey = IMAGES.toBuilder().setChannels(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Blueprint.of(model, grey, 3))
        .withMessageContaining(
            "node normalization: needs one mean for all channels or one for each of the image's 1,"
                + " had 3");
  }

  @Test
  void check_nodeOfThatName_isRefusedBesideOneAlone() throws TextFormat.ParseException {
    String nodes = "graph {nodes {name: 'normalization' flatten {}} nodes {name: 'd' dense {}}}";
    assertThat(complaints(nodes)).isEmpty();
    assertThat(complaints(nodes + SPLIT))
        .containsExactly(
            "graph.nodes[0].name: must be unlike \"normalization\", the node that the model's"
                + " normalization puts before the graph");
  }
}
