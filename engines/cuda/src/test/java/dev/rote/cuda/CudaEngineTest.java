package dev.rote.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.networks.Engines;
import dev.rote.recipes.Adam;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.ShiftedLogLoss;
import dev.rote.v1.Graph;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs no card. */
class CudaEngineTest {
  private static Blueprint mlp() {
    return Blueprint.of(
        ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()).build(),
        Shape.newBuilder().setChannels(1).setHeight(1).setWidth(3).build(),
        2);
  }

  @Test
  void named_cuda_isThisEngineAndLoadsNothing() {
    assertThat(Engines.named("cuda")).isInstanceOf(CudaEngine.class);
  }

  @Test
  void create_withoutCuda_saysWhatIsMissingEachTime() {
    assumeFalse(Cards.present(), "there is a card on this machine");
    CudaEngine engine = new CudaEngine();
    for (int i = 0; i < 2; i++) {
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.create(mlp(), 1))
          .withMessageStartingWith("the engine cuda ")
          .withMessageContaining("rote.engine=nd4j");
    }
  }

  @Test
  void create_badThreads_refusedBeforeCudaIsLoaded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CudaEngine().create(mlp(), 0))
        .withMessage("threads must be in [1, 256], was 0");
  }

  @Test
  void create_recipeThatNoCardHasRun_refusedBeforeCudaIsLoaded() {
    Recipe adam =
        new Recipe(CrossEntropy.PLAIN, new Adam(0.999, 1e-8), false, Double.POSITIVE_INFINITY);
    for (Recipe untried : List.of(adam, Recipe.of(new ShiftedLogLoss()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CudaEngine().create(mlp(), untried, 1))
          .withMessageContaining("have not run on a card yet")
          .withMessageContaining("rote.engine=nd4j");
    }
  }

  @Test
  void create_opThatTheEngineLacks_refusedByNodeBeforeCudaIsLoaded() {
    Blueprint groups = graph(convolution(2), flatten("f"), dense());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CudaEngine().create(groups, 1))
        .withMessage(
            "the engine cuda has no convolution in groups, of which node c has 2: write groups: 1,"
                + " or choose rote.engine=nd4j");
    Graph.Node.Builder joined = Graph.Node.newBuilder().setName("j").addInputs("f").addInputs("g");
    joined.getConcatenateBuilder();
    Blueprint flattened =
        graph(convolution(1), flatten("f"), flatten("g").addInputs("c"), joined, dense());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CudaEngine().create(flattened, 1))
        .withMessageContaining("does not concatenate flattened images, as node j does");
  }

  private static Graph.Node.Builder convolution(int groups) {
    Graph.Node.Builder node = Graph.Node.newBuilder().setName("c");
    node.getConvolutionBuilder().setFilters(4).setKernel(3).setGroups(groups);
    return node;
  }

  private static Graph.Node.Builder flatten(String name) {
    Graph.Node.Builder node = Graph.Node.newBuilder().setName(name);
    node.getFlattenBuilder();
    return node;
  }

  private static Graph.Node.Builder dense() {
    Graph.Node.Builder node = Graph.Node.newBuilder().setName("d");
    node.getDenseBuilder();
    return node;
  }

  private static Blueprint graph(Graph.Node.Builder... nodes) {
    Shape shape = Shape.newBuilder().setChannels(2).setHeight(5).setWidth(5).build();
    ModelSpec.Builder model = ModelSpec.newBuilder();
    for (Graph.Node.Builder node : nodes) {
      model.getGraphBuilder().addNodes(node);
    }
    Models.fill(model, shape);
    return Blueprint.of(model.build(), shape, 3);
  }

  @Test
  void card_olderThanTuring_refusedWithWhatToDo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Card("Tesla V100", 70).checked())
        .withMessageContaining("7.5 (Turing) and newer; Tesla V100 has 7.0")
        .withMessageContaining("-Drote.cuda=11");
    assertThatCode(() -> new Card("T4", 75).checked()).doesNotThrowAnyException();
    assertThatCode(() -> new Card("H100", 90).checked()).doesNotThrowAnyException();
    assertThatCode(() -> new Card("RTX 5090", 120).checked()).doesNotThrowAnyException();
  }

  @Test
  void order_ofImages_turnsChannelsFirstIntoLast() {
    ImageShape image = new ImageShape(2, 3, 4);
    boolean[] seen = new boolean[image.length()];
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 3; x++) {
        for (int c = 0; c < 4; c++) {
          int first = image.channelsFirst((y * 3 + x) * 4 + c);
          assertThat(first).isEqualTo((c * 2 + y) * 3 + x);
          seen[first] = true;
        }
      }
    }
    assertThat(seen).containsOnly(true);
  }
}
