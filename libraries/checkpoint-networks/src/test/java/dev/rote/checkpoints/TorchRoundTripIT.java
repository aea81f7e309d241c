package dev.rote.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Models;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.spec.SemanticVersions;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Resnet;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import dev.rote.weights.FittingWeights;
import dev.rote.weights.WeightFile;
import dev.rote.weights.WeightFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each preset as a {@code state_dict}: layers of plain torch.nn load it strictly and give the same
 * logits, and what they write back is what was exported, bit by bit. Skipped without PyTorch.
 */
class TorchRoundTripIT {
  private static final int N = 2;
  private static final int CLASSES = 10;
  private static final String PEERS = "../../benchmarks/src/main/resources/peers";

  /** A preset as the script names it. */
  private record Case(String name, Blueprint blueprint, ModelSpec model) {}

  private static final List<Case> CASES =
      List.of(
          preset("mlp", 3, 2, m -> m.setMlp(Mlp.newBuilder().addHidden(9).addHidden(7))),
          preset("cnn", 3, 16, m -> m.setCnn(cnn())),
          preset("resnet9", 3, 32, m -> m.getResnetBuilder().setDepth(9).setWidth(8)),
          preset("resnet18", 3, 32, m -> m.getResnetBuilder().setWidth(8)),
          preset(
              "resnet18-imagenet",
              3,
              64,
              m -> m.getResnetBuilder().setWidth(8).setStem(Resnet.Stem.IMAGENET)),
          preset("resnet34", 3, 32, m -> m.getResnetBuilder().setDepth(34).setWidth(8)),
          preset("resnet50", 3, 32, m -> m.getResnetBuilder().setDepth(50).setWidth(8)),
          preset("plainCnn", 1, 28, ModelSpec.Builder::getPlainCnnBuilder),
          preset("vgg11", 3, 32, m -> m.getVggBuilder().setWidth(8)),
          preset(
              "vgg13-norm-alone",
              3,
              32,
              m -> m.getVggBuilder().setDepth(13).setWidth(8).setBiases(false)),
          preset(
              "vgg16-biases-alone",
              3,
              32,
              m -> m.getVggBuilder().setDepth(16).setWidth(8).setBatchNorm(false)),
          preset("alexnetSmall", 3, 32, ModelSpec.Builder::getAlexnetSmallBuilder),
          preset("inceptionSmall", 3, 32, ModelSpec.Builder::getInceptionSmallBuilder),
          preset(
              "inceptionSmall-biases",
              3,
              32,
              m -> m.getInceptionSmallBuilder().setBatchNorm(false)));

  @TempDir Path folder;

  private static Cnn.Builder cnn() {
    return Cnn.newBuilder()
        .setKernel(3)
        .setPool(2)
        .setPoolStride(2)
        .addAllFilters(List.of(4, 6))
        .addAllDense(List.of(9, 8));
  }

  private static Case preset(
      String name, int channels, int side, Consumer<ModelSpec.Builder> choice) {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    choice.accept(model);
    Shape shape = Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    Models.fill(model, shape);
    return new Case(name, Blueprint.of(model.build(), shape, CLASSES), model.build());
  }

  /** Weights of the usual size, odd bits included, and statistics away from their start. */
  private static List<float[]> parameters(Blueprint blueprint) {
    SplittableRandom random = new SplittableRandom(blueprint.trainable());
    List<float[]> parameters = new ArrayList<>();
    for (ParameterShape shape : blueprint.parameters()) {
      float[] values = new float[shape.length()];
      double scale =
          shape.role() == ParameterShape.Role.WEIGHTS ? Math.sqrt(6.0 / fanIn(shape)) : 0.1;
      for (int i = 0; i < values.length; i++) {
        double draw = random.nextDouble(-1, 1);
        values[i] =
            (float)
                switch (shape.role()) {
                  case SCALE, RUNNING_VARIANCE -> 1 + 0.5 * draw;
                  case FIXED_SCALE -> 1;
                  default -> scale * draw;
                };
      }
      parameters.add(values);
    }
    return parameters;
  }

  private static double fanIn(ParameterShape shape) {
    return shape.fans()[0];
  }

  private static byte[] checkpoint(Case preset, List<float[]> parameters) throws IOException {
    Shape input = preset.blueprint().input();
    CheckpointHeader.Builder header =
        CheckpointHeader.newBuilder()
            .setTrialId("0123456789abcdef0123456789abcdef")
            .setEngineVersion(SemanticVersions.ENGINE)
            .setEpoch(3)
            .setSteps(77)
            .setModel(preset.model())
            .setClasses(CLASSES)
            .setInput(
                Tensor.newBuilder()
                    .addShape(input.getChannels())
                    .addShape(input.getHeight())
                    .addShape(input.getWidth()));
    preset
        .blueprint()
        .parameters()
        .forEach(
            shape ->
                header.addTensors(
                    Tensor.newBuilder().setName(shape.name()).addAllShape(shape.sizes())));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CheckpointWriter.write(
        header.build(),
        (t, out) -> System.arraycopy(parameters.get(t), 0, out, 0, out.length),
        bytes);
    return bytes.toByteArray();
  }

  private void export(byte[] checkpoint, Path file, WeightFormat format) throws IOException {
    try (CheckpointReader reader =
        new CheckpointReader("here", new ByteArrayInputStream(checkpoint))) {
      new CheckpointFile(format, true, false).write(reader, Files.newOutputStream(file));
    }
  }

  private Path file(Case preset, String suffix) {
    return folder.resolve(preset.name() + suffix);
  }

  private static float[] inputs(Blueprint blueprint) {
    SplittableRandom random = new SplittableRandom(5);
    float[] inputs = new float[N * blueprint.inputLength()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble();
    }
    return inputs;
  }

  private static void writeInputs(Blueprint blueprint, Path file) throws IOException {
    Shape shape = blueprint.input();
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }"
            .formatted(N, shape.getChannels(), shape.getHeight(), shape.getWidth());
    String line = text + " ".repeat(117 - text.length()) + "\n";
    float[] inputs = inputs(blueprint);
    ByteBuffer bytes =
        ByteBuffer.allocate(128 + inputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    bytes.put(line.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(inputs);
    Files.write(file, bytes.array());
  }

  @Test
  void presets_toPyTorchAndBack_predictTheSame_andKeepEveryBit() throws Exception {
    Optional<TorchPython> python = TorchPython.find();
    assumeTrue(python.isPresent(), "no python3 with torch and numpy");
    for (Case preset : CASES) {
      byte[] checkpoint = checkpoint(preset, parameters(preset.blueprint()));
      export(checkpoint, file(preset, ".safetensors"), WeightFormat.SAFETENSORS);
      export(checkpoint, file(preset, ".npz"), WeightFormat.NPZ);
      writeInputs(preset.blueprint(), file(preset, ".input.npy"));
    }
    python.get().succeed(List.of(script(), PEERS, folder.toString()));
    for (Case preset : CASES) {
      assertSameLogits(preset);
      for (String back : List.of(".back.npz", ".packed.npz", ".back.safetensors")) {
        assertSameBits(preset, file(preset, back));
      }
    }
  }

  private static String script() throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(TorchRoundTripIT.class.getResource("roundtrip.py")).toURI())
        .toString();
  }

  private void assertSameLogits(Case preset) throws IOException {
    byte[] npy = Files.readAllBytes(file(preset, ".logits.npy"));
    float[] theirs = new float[N * CLASSES];
    ByteBuffer.wrap(npy, npy.length - theirs.length * Float.BYTES, theirs.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(theirs);
    float[] ours = new float[N * CLASSES];
    try (Network network = Engines.named("reference").create(preset.blueprint(), 1)) {
      List<float[]> parameters = parameters(preset.blueprint());
      for (int p = 0; p < parameters.size(); p++) {
        network.write(p, parameters.get(p));
      }
      network.logits(inputs(preset.blueprint()), N, ours);
    }
    double largest = 0;
    for (float logit : theirs) {
      largest = Math.max(largest, Math.abs(logit));
    }
    assertThat(largest).isGreaterThan(0.01);
    for (int i = 0; i < ours.length; i++) {
      assertThat((double) ours[i])
          .as("logit %d of %s", i, preset.name())
          .isCloseTo(theirs[i], within(1e-4 * largest));
    }
  }

  private static void assertSameBits(Case preset, Path file) {
    List<float[]> parameters = parameters(preset.blueprint());
    try (WeightFile weights = WeightFile.open("the file", file)) {
      List<FittingWeights.Place> places =
          FittingWeights.of(preset.blueprint(), "the file", weights.arrays()).places();
      assertThat(places).hasSameSizeAs(parameters);
      for (FittingWeights.Place place : places) {
        assertThat(place.placement().taken(weights.floats(place.index())))
            .as("%s of %s", place.placement().array().name(), file.getFileName())
            .isEqualTo(parameters.get(place.placement().parameter()));
      }
    }
  }
}
