package dev.rote.metrics.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private static final Shape IMAGE =
      Shape.newBuilder().setChannels(2).setHeight(6).setWidth(5).build();

  /** Unit u's weight of input i is in the place of that input. */
  @Test
  void of_mlp_imagesOfTheInputsShape() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getMlpBuilder().addHidden(3);
    try (Network network =
        EngineUnderTest.open().create(Blueprint.of(model.build(), IMAGE, 4), 1)) {
      float[] weights = new float[60 * 3];
      for (int i = 0; i < 60; i++) {
        for (int u = 0; u < 3; u++) {
          weights[i * 3 + u] = 100 * u + i;
        }
      }
      network.write(0, weights);
      Filters filters = Filters.of(network);
      assertThat(filters.size()).isEqualTo(3);
      assertThat(filters.shape()).isEqualTo(IMAGE);
      for (int u = 0; u < 3; u++) {
        for (int i = 0; i < 60; i++) {
          assertThat(filters.filter(u)[i]).isEqualTo(100 * u + i);
        }
      }
      /* Moran's I does not see a constant. */
      double one = Structure.of(filters.filter(0), 2, 6, 5);
      assertThat(filters.structure()).isCloseTo(one, within(1e-12));
    }
  }

  @Test
  void of_cnn_kernels() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model
        .getCnnBuilder()
        .addFilters(4)
        .setKernel(3)
        .setPool(2)
        .setPoolStride(2)
        .addDense(5)
        .setPaddingValue(1);
    try (Network network =
        EngineUnderTest.open().create(Blueprint.of(model.build(), IMAGE, 4), 1)) {
      float[] weights = new float[4 * 2 * 9];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i;
      }
      network.write(0, weights);
      Filters filters = Filters.of(network);
      assertThat(filters.size()).isEqualTo(4);
      assertThat(filters.shape())
          .isEqualTo(Shape.newBuilder().setChannels(2).setHeight(3).setWidth(3).build());
      assertThat(filters.filter(3)).startsWith(54).endsWith(71).hasSize(18);
    }
  }
}
