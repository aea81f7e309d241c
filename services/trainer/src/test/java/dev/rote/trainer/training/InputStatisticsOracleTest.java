package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import org.junit.jupiter.api.Test;

class InputStatisticsOracleTest {
  private static final int N = 300;
  private static final int AREA = 5 * 4;

  /**
   * Pictures of three channels: one of a spread of its own, one of another, one that is constant.
   */
  private record Colours(int count) implements Examples {
    @Override
    public Shape shape() {
      return Shape.newBuilder().setChannels(3).setHeight(5).setWidth(4).build();
    }

    @Override
    public int classes() {
      return 2;
    }

    static float value(int example, int channel, int place) {
      int mixed = (example * 31 + place * 7) % 97;
      return channel == 2 ? 0.1f : channel == 1 ? mixed / 400f + 0.5f : mixed / 97f;
    }

    @Override
    public void inputs(int[] indices, int n, float[] out) {
      for (int i = 0; i < n * 3 * AREA; i++) {
        out[i] = value(indices[i / (3 * AREA)], i / AREA % 3, i % AREA);
      }
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public boolean corrupted(int index) {
      return false;
    }
  }

  private static ModelSpec model(InputNormalization.Builder normalization) {
    ModelSpec.Builder model = ModelSpec.newBuilder().setNormalization(normalization);
    model.getMlpBuilder().addHidden(4);
    return model.build();
  }

  private static InputNormalization.Builder ofSplit() {
    return InputNormalization.newBuilder()
        .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance());
  }

  private static Network written(ModelSpec model) throws StoppedException {
    Colours train = new Colours(N);
    Network network = EngineUnderTest.open().create(Blueprint.of(model, train.shape(), 2), 1);
    network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
    InputStatistics.write(network, model, train, () -> false);
    return network;
  }

  private static float[] read(Network network, int index) {
    float[] values = new float[3];
    network.read(index, values);
    return values;
  }

  /** {@code x.mean(axis=(0, 2, 3))} and {@code x.std(axis=(0, 2, 3))} of NumPy, in two passes. */
  @Test
  void write_ofTrainingSplit_isMeanAndDeviationOfEachChannel() throws StoppedException {
    try (Network network = written(model(ofSplit()))) {
      float[] means = read(network, 0);
      float[] deviations = read(network, 1);
      for (int c = 0; c < 2; c++) {
        double mean = 0;
        for (int i = 0; i < N * AREA; i++) {
          mean += (double) Colours.value(i / AREA, c, i % AREA) / (N * AREA);
        }
        double variance = 0;
        for (int i = 0; i < N * AREA; i++) {
          double apart = Colours.value(i / AREA, c, i % AREA) - mean;
          variance += apart * apart / (N * AREA);
        }
        assertThat((double) means[c]).isCloseTo(mean, within(1e-7));
        assertThat((double) deviations[c]).isCloseTo(Math.sqrt(variance), within(1e-7));
      }
      assertThat(means[2]).isEqualTo(0.1f);
      assertThat(deviations[2]).as("of a constant channel").isEqualTo(1);
      assertThat(InputStatistics.blank(network)).containsExactly(means);
    }
  }

  @Test
  void write_constants_oneForEachChannelOrOneForAll() throws StoppedException {
    InputNormalization.Builder constants = InputNormalization.newBuilder();
    constants.getConstantsBuilder().addMean(0.1).addMean(0.2).addMean(0.3).addDeviation(0.25);
    try (Network network = written(model(constants))) {
      assertThat(read(network, 0)).containsExactly(0.1f, 0.2f, 0.3f);
      assertThat(read(network, 1)).containsExactly(0.25f, 0.25f, 0.25f);
    }
  }

  /** Logits and derivatives are those of a plain network on pictures normalised by hand. */
  @Test
  void logitsAndGradients_areThoseOfPicturesNormalisedByHand() throws StoppedException {
    ModelSpec plain = model(ofSplit()).toBuilder().clearNormalization().build();
    Colours train = new Colours(N);
    int[] indices = {0, 1, 2, 3, 4};
    int[] labels = {0, 1, 0, 1, 0};
    float[] pictures = new float[5 * 3 * AREA];
    train.inputs(indices, 5, pictures);
    try (Network normalised = written(model(ofSplit()));
        Network usual = EngineUnderTest.open().create(Blueprint.of(plain, train.shape(), 2), 1)) {
      usual.initialize(3, ModelSpec.Initialization.HE_NORMAL);
      float[] means = read(normalised, 0);
      float[] deviations = read(normalised, 1);
      float[] byHand = new float[pictures.length];
      for (int i = 0; i < pictures.length; i++) {
        byHand[i] = (pictures[i] - means[i / AREA % 3]) / deviations[i / AREA % 3];
      }
      float[][] logits = new float[2][10];
      float[][] gradients = new float[2][pictures.length];
      normalised.inputGradient(pictures, labels, 5, gradients[0], logits[0]);
      usual.inputGradient(byHand, labels, 5, gradients[1], logits[1]);
      assertThat(logits[0]).containsExactly(logits[1], within(1e-5f));
      for (int i = 0; i < pictures.length; i++) {
        gradients[1][i] /= deviations[i / AREA % 3];
      }
      assertThat(gradients[0]).containsExactly(gradients[1], within(1e-5f));
    }
  }

  @Test
  void write_askedToStop_stops() {
    ModelSpec model = model(ofSplit());
    Colours train = new Colours(N);
    try (Network network =
        EngineUnderTest.open().create(Blueprint.of(model, train.shape(), 2), 1)) {
      assertThatThrownBy(() -> InputStatistics.write(network, model, train, () -> true))
          .isInstanceOf(StoppedException.class);
    }
  }
}
