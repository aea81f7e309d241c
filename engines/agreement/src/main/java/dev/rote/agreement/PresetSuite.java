package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Sgd;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Resnet;
import dev.rote.v1.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Presets at full size on the engine under test, beside PyTorch's layers on the same weights. */
public abstract class PresetSuite {
  private static final int CLASSES = 10;
  private static final int EVALUATED = 2;
  private static final int TRAINED = 4;
  private static final double TOLERANCE = 1e-4;
  private static final double PERCENT = 0.1;
  private static final int COLOURS = 3;
  private static final int SIDE = 32;
  private static final int BATCH = 16;
  private static final RegularizationSpec DECAY =
      RegularizationSpec.newBuilder().setWeightDecay(5e-4).build();

  static Stream<Arguments> presets() {
    return Stream.of(
        preset("resnet9", 3, 32, m -> m.getResnetBuilder().setDepth(9)),
        preset("resnet18", 3, 32, m -> m.getResnetBuilder()),
        preset("resnet18-imagenet", 3, 64, m -> m.getResnetBuilder().setStem(Resnet.Stem.IMAGENET)),
        preset("resnet34", 3, 32, m -> m.getResnetBuilder().setDepth(34)),
        preset("resnet50", 3, 32, m -> m.getResnetBuilder().setDepth(50)),
        preset("plainCnn", 1, 28, m -> m.getPlainCnnBuilder()),
        preset("vgg11", 3, 32, m -> m.getVggBuilder()),
        preset("vgg11-norm-alone", 3, 32, m -> m.getVggBuilder().setBiases(false)),
        preset("vgg11-biases-alone", 3, 32, m -> m.getVggBuilder().setBatchNorm(false)),
        preset("vgg13", 3, 32, m -> m.getVggBuilder().setDepth(13)),
        preset("vgg16", 3, 32, m -> m.getVggBuilder().setDepth(16)),
        preset("alexnetSmall", 3, 32, m -> m.getAlexnetSmallBuilder()),
        preset("inceptionSmall", 3, 32, m -> m.getInceptionSmallBuilder()),
        preset(
            "inceptionSmall-biases", 3, 32, m -> m.getInceptionSmallBuilder().setBatchNorm(false)));
  }

  /** Names the case of the oneof and what is not its default. */
  interface Choice {
    Object of(ModelSpec.Builder model);
  }

  private static Arguments preset(String name, int channels, int side, Choice choice) {
    return Arguments.of(name, blueprint(channels, side, choice));
  }

  static Blueprint blueprint(int channels, int side, Choice choice) {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    choice.of(model);
    Shape shape = Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    Models.fill(model, shape);
    return Blueprint.of(model.build(), shape, CLASSES);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void preset_sameWeightsAsPyTorch_sameParametersLogitsAndLoss(String name, Blueprint blueprint) {
    TorchTwin twin = TorchTwin.named(name);
    List<Double> expected = twin.values();
    assertThat((double) blueprint.trainable()).isEqualTo(expected.get(0));
    try (Network network = Engines.named(Pair.USUAL).create(blueprint, 1)) {
      TorchTwin.fill(network, !name.startsWith("inception"));
      float[] images = TorchTwin.images(TRAINED, blueprint.inputLength());
      float[] logits = new float[EVALUATED * CLASSES];
      network.logits(images, EVALUATED, logits);
      double scale = expected.stream().skip(2).mapToDouble(Math::abs).max().orElseThrow();
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) logits[i])
            .as("logit %d", i)
            .isCloseTo(expected.get(2 + i), within(TOLERANCE * scale));
      }
      if (!Double.isNaN(expected.get(1))) {
        assertThat(network.step(images, TorchTwin.labels(TRAINED), TRAINED, still()))
            .isCloseTo(expected.get(1), within(1e-5 * Math.max(1, expected.get(1))));
      }
    }
  }

  /** One backward pass for each example there, norms of inputs and deltas here. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void insight_sameWeightsAsPyTorch_sameGradientsOfSingleExamples(
      String name, Blueprint blueprint) {
    List<Double> expected = TorchTwin.ofExamples(name).values();
    try (Network network = Engines.named(Pair.USUAL).create(blueprint, 1)) {
      TorchTwin.fill(network, !name.startsWith("inception"));
      float[] images = TorchTwin.images(TRAINED, blueprint.inputLength());
      int[] labels = TorchTwin.labels(TRAINED);
      double[] squares = new double[EVALUATED];
      network.insight().gradientNorms(images, labels, EVALUATED, squares);
      float[] gradients = new float[EVALUATED * blueprint.inputLength()];
      network.insight().logitGradient(images, labels, EVALUATED, gradients);
      for (int i = 0; i < EVALUATED; i++) {
        assertThat(squares[i]).isCloseTo(expected.get(i), withinPercentage(PERCENT));
        double square = 0;
        for (int j = 0; j < blueprint.inputLength(); j++) {
          square += Math.pow(gradients[i * blueprint.inputLength() + j], 2);
        }
        assertThat(square).isCloseTo(expected.get(EVALUATED + i), withinPercentage(PERCENT));
      }
    }
  }

  /**
   * Nesterov's momentum and decay of everything on batches of 16, which amplifies what rounding
   * does: the first loss is PyTorch's; over twenty steps losses part from PyTorch's in float64 at
   * most thrice as far as PyTorch's own in float32 do. (Its own on one thread and on two are nearer
   * to each other than either is to float64.)
   */
  @Test
  void resnet18_twentySteps_partFromFloat64AsPyTorchDoes() {
    List<Double> exact = TorchTwin.named("steps-float64").values();
    List<Double> rounded = TorchTwin.named("steps-1").values();
    Blueprint blueprint = blueprint(COLOURS, SIDE, m -> m.getResnetBuilder());
    Recipe recipe =
        new Recipe(CrossEntropy.PLAIN, new Sgd(true, true), true, Double.POSITIVE_INFINITY);
    double theirs = 0;
    double ours = 0;
    try (Network network = Engines.named(Pair.USUAL).create(blueprint, recipe, 1)) {
      TorchTwin.fill(network, true);
      float[] images = TorchTwin.images(4 * BATCH, blueprint.inputLength());
      int[] labels = TorchTwin.labels(4 * BATCH);
      int row = BATCH * blueprint.inputLength();
      for (int step = 0; step < exact.size(); step++) {
        int batch = step % 4;
        double loss =
            network.step(
                Arrays.copyOfRange(images, batch * row, (batch + 1) * row),
                Arrays.copyOfRange(labels, batch * BATCH, (batch + 1) * BATCH),
                BATCH,
                new StepSettings(0.01, 0.9, DECAY, 1, step));
        theirs = Math.max(theirs, Math.abs(exact.get(step) - rounded.get(step)));
        ours = Math.max(ours, Math.abs(exact.get(step) - loss));
        if (step == 0) {
          assertThat(loss).isCloseTo(exact.get(0), within(1e-5));
        }
      }
    }
    assertThat(ours).isLessThan(3 * theirs);
  }

  private static StepSettings still() {
    return new StepSettings(0, 0, RegularizationSpec.getDefaultInstance(), 1, 0);
  }
}
