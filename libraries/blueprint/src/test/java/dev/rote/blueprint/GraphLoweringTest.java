package dev.rote.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphLoweringTest {
  private static final Shape IMAGES =
      Shape.newBuilder().setChannels(2).setHeight(8).setWidth(6).build();

  private static ModelSpec model(String nodes) throws TextFormat.ParseException {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    TextFormat.merge("graph {" + nodes + "}", model);
    Models.fill(model, IMAGES);
    return model.build();
  }

  private static List<String> complaints(String nodes) throws TextFormat.ParseException {
    List<String> all = new ArrayList<>();
    Models.check(model(nodes), IMAGES, 3, (field, message) -> all.add(field + ": " + message));
    return all;
  }

  @Test
  void fill_nothingWritten_readsTheNodeAboveAndTakesDefaults() throws TextFormat.ParseException {
    ModelSpec filled =
        model(
            "nodes {name: 'p' max_pool {size: 2}} nodes {name: 'f' flatten {}}"
                + " nodes {name: 'd' dense {}}");
    assertThat(filled.getGraph().getNodes(0).getInputsList()).containsExactly("input");
    assertThat(filled.getGraph().getNodes(0).getMaxPool().getStride()).isEqualTo(2);
    assertThat(filled.getGraph().getNodes(2).getInputsList()).containsExactly("f");
    assertThat(filled.getGraph().getNodes(2).getDense().getBiases()).isTrue();
    ModelSpec.Builder again = filled.toBuilder();
    Models.fill(again, IMAGES);
    assertThat(again.build()).isEqualTo(filled);
  }

  /** Fields that are younger than others leave no trace where they are the default. */
  @Test
  void fill_defaultsOfAConvolutionWritten_areThoseOfNothingWritten()
      throws TextFormat.ParseException {
    String rest = "}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}}";
    String plain = "nodes {name: 'c' convolution {filters: 2 kernel: 3 ";
    assertThat(model(plain + "stride: 1 pad: 0 biases: false groups: 1" + rest))
        .isEqualTo(model(plain + rest));
    assertThat(model(plain + rest).getGraph().getNodes(0).getConvolution().toString())
        .isEqualTo("filters: 2\nkernel: 3\npadding: VALID\n");
  }

  @Test
  void of_residualNetwork_hasNodesShapesAndParametersByName() throws TextFormat.ParseException {
    String nodes =
        "nodes {name: 'a' convolution {filters: 4 kernel: 3 padding: SAME}} nodes {name: 'r' relu"
            + " {}} nodes {name: 'b' convolution {filters: 4 kernel: 3 padding: SAME}} nodes {name:"
            + " 'sum' inputs: 'b' inputs: 'r' add {}} nodes {name: 'f' flatten {}} nodes {name:"
            + " 'last' dense {}}";
    assertThat(complaints(nodes)).isEmpty();
    Blueprint blueprint = Blueprint.of(model(nodes), IMAGES, 3);
    assertThat(blueprint.readers()).containsExactly(1, 1, 2, 1, 1, 1, 0);
    assertThat(blueprint.nodes().get(4).inputs()).containsExactly(3, 2);
    assertThat(blueprint.parameters().stream().map(ParameterShape::name))
        .containsExactly("a/weights", "b/weights", "last/weights", "last/biases");
    assertThat(blueprint.output().extent()).isEqualTo(Extent.units(3));
    assertThat(blueprint.trainable()).isEqualTo(4 * 2 * 9 + 4 * 4 * 9 + 4 * 8 * 6 * 3 + 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | graph.nodes: must have 1 to 1000 nodes, had 0
          nodes {name: 'f' flatten {}} nodes {name: 'd' inputs: 'e' dense {}} nodes {name: 'e' dense {}} | graph.nodes[1].inputs[0]: must name a node above, or input, was "e" in node d
          nodes {name: 'f' flatten {}} nodes {name: 'd' inputs: 'd' dense {}} | graph.nodes[1].inputs[0]: must name a node above, or input, was "d" in node d
          nodes {name: 'f' flatten {}} nodes {name: 'd' inputs: 'flat' dense {}} | graph.nodes[1].inputs[0]: must name a node above, or input, was "flat" in node d
          nodes {name: 'f' flatten {}} nodes {name: 'c' dense {}} nodes {name: 'd' inputs: 'f' dense {}} | graph.nodes[1]: node c is read by no other
          nodes {name: 'f' flatten {}} nodes {name: 'f' dense {}} | graph.nodes[1].name: must be unlike "input" and all others, was f
          nodes {name: '1' flatten {}} nodes {name: 'd' dense {}} | graph.nodes[0].name: must be 1 to 63 letters
          nodes {name: 'f'} nodes {name: 'd' dense {}} | graph.nodes[0]: must have an op, such as relu: {}
          nodes {name: 'f' flatten {}} nodes {name: 's' add {}} nodes {name: 'd' dense {}} | graph.nodes[1].inputs: must be 2 in number, were 1
          nodes {name: 'f' flatten {}} nodes {name: 'd' dense {units: 0}} | graph.nodes[1].dense.units: must be in [1, 65536], was 0
          nodes {name: 'c' convolution {filters: 2}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.kernel: must be in [1, 31], was 0
          nodes {name: 'f' flatten {}} nodes {name: 'c' crop {pixels: 1}} nodes {name: 'd' dense {}} | graph.nodes[1].crop: must be the first node
          nodes {name: 'c' convolution {filters: 2 kernel: 3 stride: 0}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.stride: must be in [1, 31], was 0
          nodes {name: 'c' convolution {filters: 2 kernel: 3 pad: 32}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.pad: must be in [0, 31], was 32
          nodes {name: 'c' convolution {filters: 2 kernel: 3 pad: 1 padding: SAME}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.pad: must stand alone, without padding
          nodes {name: 'c' convolution {filters: 3 kernel: 3 groups: 2}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.groups: must divide the 3 filters, were 2
          nodes {name: 'c' convolution {filters: 3 kernel: 3 groups: 0}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].convolution.groups: must be in [1, 65536], was 0
          nodes {name: 'c' convolution {filters: 3 kernel: 3 groups: 3}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph: node c: groups must divide the 2 channels of its input, were 3
          nodes {name: 'p' max_pool {size: 3 pad: 2}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].maxPool.pad: must be in [0, 1], was 2
          nodes {name: 'p' average_pool {size: 40}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph.nodes[0].averagePool.size: must be in [1, 31], was 40
          nodes {name: 'f' flatten {}} nodes {name: 'm' global_average_pool {}} nodes {name: 'd' dense {}} | graph: node m: needs an image, was given 96 units
          nodes {name: 'f' flatten {}} nodes {name: 'j' concatenate {}} nodes {name: 'd' dense {}} | graph.nodes[1].inputs: must be at least 2 in number, were 1
          nodes {name: 'f' flatten {}} nodes {name: 'j' inputs: 'f' inputs: 'input' concatenate {}} nodes {name: 'd' dense {}} | graph: node j: needs images of one height and width, or units alone, was given 96 and 2x8x6
          nodes {name: 'f' flatten {}} nodes {name: 'o' dropout {rate: 1}} nodes {name: 'd' dense {}} | graph.nodes[1].dropout.rate: must be in [0, 1), was 1.0
          nodes {name: 'f' flatten {}} nodes {name: 'o' channel_dropout {}} nodes {name: 'd' dense {}} | graph: node o: needs an image, was given 96 units
          nodes {name: 'l' local_response_norm {size: 4}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph.nodes[0].localResponseNorm.size: must be odd, was 4
          nodes {name: 'l' local_response_norm {k: 0}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph.nodes[0].localResponseNorm.k: must be in (0, 1000], was 0.0
          nodes {name: 'f' flatten {}} nodes {name: 'l' local_response_norm {}} nodes {name: 'd' dense {}} | graph: node l: needs an image, was given 96 units
          nodes {name: 'd' dense {}} | graph: node d: needs units, was given an image of 2x8x6: put a flatten before it
          nodes {name: 'f' flatten {}} nodes {name: 'p' max_pool {size: 2}} nodes {name: 'd' dense {}} | graph: node p: needs an image, was given 96 units
          nodes {name: 'p' max_pool {size: 7}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph: node p: a window of 7x7 does not fit into
          nodes {name: 'c' crop {pixels: 3}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph: node c: must cut less than half of the image's 8x6 pixels, was 3
          nodes {name: 'f' flatten {}} nodes {name: 'd' dense {units: 4}} | graph: node d: must give the logits of 3 classes, gives 4
          nodes {name: 'p' max_pool {size: 2}} nodes {name: 's' inputs: 'p' inputs: 'input' add {}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph: node s: needs inputs of one shape, was given 2x4x3 and 2x8x6
          nodes {name: 'c' crop {pixels: 1}} nodes {name: 's' inputs: 'c' inputs: 'input' add {}} nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}} | graph: node s
          """)
  void check_whatCannotBe_namesNodeFieldAndBound(String nodes, String complaint)
      throws TextFormat.ParseException {
    assertThat(complaints(nodes)).anyMatch(said -> said.startsWith(complaint));
  }

  @Test
  void lacking_unrolledSteps_saysWhichNode() throws TextFormat.ParseException {
    ModelSpec any =
        model("nodes {name: 'f' flatten {}} nodes {name: 'g' gelu {}} nodes {name: 'd' dense {}}");
    assertThat(Models.lacking(any, Ability.UNROLLED_STEPS)).isEmpty();
    ModelSpec dropping =
        model(
            "nodes {name: 'f' flatten {}} nodes {name: 'o' dropout {}} nodes {name: 'd' dense {}}");
    assertThat(Models.lacking(dropping, Ability.SECOND_DERIVATIVES)).isEmpty();
    assertThat(Models.lacking(dropping, Ability.UNROLLED_STEPS))
        .contains("unrolls steps without draws, which node o (dropout) makes");
  }
}
