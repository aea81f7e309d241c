package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.TextFormat;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.networks.StepSettings;
import dev.rote.v1.Graph;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine under test takes a step of every preset as the reference engine does. */
public abstract class PresetAgreementSuite {
  private static final int N = 4;
  private static final int CLASSES = 5;

  /** Every preset, as narrow as it can be written. */
  private enum Preset {
    MLP(3, 8, "mlp {hidden: 6}"),
    CNN(3, 16, "cnn {filters: 3 kernel: 3 pool: 2 dense: 6}"),
    RESNET_9(3, 32, "resnet {depth: 9 width: 3}"),
    RESNET_18(3, 32, "resnet {width: 3}"),
    RESNET_18_IMAGENET(3, 64, "resnet {width: 3 stem: IMAGENET}"),
    RESNET_34(3, 32, "resnet {depth: 34 width: 3}"),
    RESNET_50(3, 32, "resnet {depth: 50 width: 3}"),
    VGG_11(3, 32, "vgg {width: 3}"),
    VGG_16_BIASES(3, 32, "vgg {depth: 16 width: 4 batch_norm: false}"),
    PLAIN_CNN(1, 28, "plain_cnn {}"),
    ALEXNET_SMALL(3, 16, "alexnet_small {}"),
    INCEPTION_SMALL(3, 16, "inception_small {}");

    private final int channels;
    private final int side;
    private final String model;

    Preset(int channels, int side, String model) {
      this.channels = channels;
      this.side = side;
      this.model = model;
    }

    private ModelSpec model() {
      try {
        ModelSpec.Builder filled = TextFormat.parse(model, ModelSpec.class).toBuilder();
        Models.fill(filled, shape());
        return filled.build();
      } catch (TextFormat.ParseException e) {
        throw new IllegalArgumentException(this + " is no model", e);
      }
    }

    private Shape shape() {
      return Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    }

    private Blueprint blueprint() {
      return Blueprint.of(model(), shape(), CLASSES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void step_everyPreset_sameLossStateAndLogits(Preset preset) {
    Blueprint blueprint = preset.blueprint();
    try (Pair pair = Pair.of(blueprint)) {
      pair.initialize(ModelSpec.Initialization.HE_NORMAL);
      float[] inputs = pair.inputs(N);
      StepSettings settings =
          new StepSettings(0.01, 0.8, RegularizationSpec.getDefaultInstance(), 5, 0);
      double usual = pair.usual().step(inputs, pair.labels(N), N, settings);
      assertThat(pair.reference().step(inputs, pair.labels(N), N, settings))
          .isCloseTo(usual, within(1e-4 * Math.max(1, usual)));
      pair.assertSameState(2e-3);
      pair.copyToReference();
      float[][] logits = new float[2][N * CLASSES];
      pair.usual().logits(inputs, N, logits[0]);
      pair.reference().logits(inputs, N, logits[1]);
      Pair.assertClose("logits", logits[0], logits[1], 1e-4);
    }
  }

  /** Whoever adds a preset or an op adds a network that shows it. */
  @Test
  void networks_showEveryPresetAndEveryOp() {
    Set<ModelSpec.ArchitectureCase> presets =
        Stream.of(Preset.values())
            .map(preset -> preset.model().getArchitectureCase())
            .collect(Collectors.toSet());
    assertThat(presets)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(
                    ModelSpec.ArchitectureCase.ARCHITECTURE_NOT_SET,
                    ModelSpec.ArchitectureCase.GRAPH)));
    Set<Graph.Node.OpCase> ops =
        Stream.of(OpNetwork.values())
            .flatMap(network -> network.graph().getNodesList().stream())
            .map(Graph.Node::getOpCase)
            .collect(Collectors.toSet());
    assertThat(ops)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Graph.Node.OpCase.OP_NOT_SET)));
  }
}
