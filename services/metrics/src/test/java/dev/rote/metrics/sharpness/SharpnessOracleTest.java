package dev.rote.metrics.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.agreement.TorchTwin;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sharpness of networks with batch norm beside whole Hessians by PyTorch and numpy, recorded by
 * {@code hessians.py}: the paper's network with few filters, and a ResNet-9 of width 2.
 */
class SharpnessOracleTest {
  private static final int EXAMPLES = 6;
  private static final int CLASSES = 10;
  private static final Shape COLOURS =
      Shape.newBuilder().setChannels(3).setHeight(32).setWidth(32).build();

  private record Recorded(long parameters, double largest, double next) {
    static Recorded of(String network) throws IOException {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(
                      SharpnessOracleTest.class.getResourceAsStream("hessians.tsv")),
                  StandardCharsets.UTF_8))) {
        List<String> cells =
            lines
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .filter(line -> line.get(0).equals(network))
                .findFirst()
                .orElseThrow();
        return new Recorded(
            Long.parseLong(cells.get(1)),
            Double.parseDouble(cells.get(3)),
            Double.parseDouble(cells.get(4)));
      }
    }
  }

  @Test
  void largest_cnnWithBatchNorm_isThatOfTheWholeHessian() throws IOException {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getCnnBuilder().addAllFilters(List.of(4, 5)).addAllDense(List.of(6, 5));
    assertLargest("cnn", model);
  }

  @Test
  void largest_resnet9_isThatOfTheWholeHessian() throws IOException {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getResnetBuilder().setDepth(9).setWidth(2);
    assertLargest("resnet9 of width 2", model);
  }

  private static Blueprint blueprint(ModelSpec.Builder model) {
    Models.fill(model, COLOURS);
    return Blueprint.of(model.build(), COLOURS, CLASSES);
  }

  /** 1.2 million values of an example in a ResNet-9, a third of them normalised. */
  @Test
  void batch_isSmallerWhereValuesAreMany() {
    ModelSpec.Builder mlp = ModelSpec.newBuilder();
    mlp.getMlpBuilder().addHidden(4096).addHidden(4096);
    assertThat(HessianOperator.batch(blueprint(mlp))).isEqualTo(256);
    ModelSpec.Builder narrow = ModelSpec.newBuilder();
    narrow.getResnetBuilder().setDepth(9).setWidth(2);
    ModelSpec.Builder whole = ModelSpec.newBuilder();
    whole.getResnetBuilder().setDepth(9);
    assertThat(HessianOperator.batch(blueprint(narrow))).isBetween(64, 128);
    assertThat(HessianOperator.batch(blueprint(whole))).isBetween(2, 4);
  }

  private static void assertLargest(String name, ModelSpec.Builder model) throws IOException {
    Recorded recorded = Recorded.of(name);
    Blueprint blueprint = blueprint(model);
    ArrayExamples examples =
        new ArrayExamples(
            TorchTwin.images(EXAMPLES, blueprint.inputLength()),
            TorchTwin.labels(EXAMPLES),
            Set.of());
    try (Network network = EngineUnderTest.open().create(blueprint, 1)) {
      TorchTwin.fill(network, true);
      assertThat(network.parameters()).isEqualTo(recorded.parameters());
      try (HessianOperator hessian = new HessianOperator(network, examples, () -> {})) {
        Eigenpair pair = new Lanczos(hessian, 300, 1e-4).largest(1);
        assertThat(pair.converged()).isTrue();
        assertThat(recorded.next()).isLessThan(0.95 * recorded.largest());
        assertThat(pair.value()).isCloseTo(recorded.largest(), within(1e-4 * recorded.largest()));
      }
    }
  }
}
