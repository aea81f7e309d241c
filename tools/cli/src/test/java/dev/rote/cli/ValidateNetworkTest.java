package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateNetworkTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: demo}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [4]}}
          training: {batchSize: 10}
      """;

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("demo.yaml"), SWEEP);
  }

  private CommandLineRun network(String... options) {
    return CommandLineRun.alone(
        Stream.concat(Stream.of("validate", file.toString(), "--network"), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void network_mlp_namesNodesShapesParametersMemoryAndWork() {
    CommandLineRun run = network();

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    /* 784 x 4 + 4 and 4 x 10 + 10; a forward product of n x m takes 2nm. */
    assertThat(run.out())
        .startsWith("network 1 of 1: input 1x28x28, 10 classes\nNODE ")
        .containsPattern("dense +\\S+ +4 +3140 +6272\\n")
        .containsPattern("dense +\\S+ +10 +50 +80\\n")
        .contains("parameters: 3190 trained\n")
        /* Forward of both, gradient by the parameters of both, by the input of the second alone. */
        .contains(", " + "128 kFLOP\n".replace("128", kiloOfStep()));
  }

  private static String kiloOfStep() {
    return Math.round(10 * (2.0 * 6272 + 3.0 * 80) / 1000) + "";
  }

  @Test
  void network_axesOfModelAndBatch_areGroupedByNetwork() {
    CommandLineRun run =
        network(
            "--set",
            "spec.axes=[{name: width, field: model.mlp.hidden, values: [[4], [8]]},"
                + " {name: batch, field: training.batchSize, values: [5, 10]}]");

    assertThat(run.out())
        .contains("network 1 of 2, first in batch=5, width=[4]: input")
        .contains("network 2 of 2, first in batch=5, width=[8]: input");
    assertThat(run.out().lines().filter(line -> line.startsWith("step of 5: at least"))).hasSize(2);
  }

  @Test
  void network_ownImages_needTheirShapeAndClasses() {
    String[] own = {
      "--set",
      "spec.trial.dataset={name: idx, trainSize: 100, validationSize: 50,"
          + " idx: {trainImages: i, trainLabels: l}}"
    };
    assertThat(network(own).err()).contains("--input-shape, such as 1x28x28");
    assertThat(network(own[0], own[1], "--input-shape", "3x8x8").err()).contains("--classes");
    assertThat(network(own[0], own[1], "--input-shape", "3x8").exitCode())
        .isEqualTo(ExitCodes.INVALID);
    assertThat(network(own[0], own[1], "--input-shape", "3x8x8", "--classes", "7").out())
        .contains("input 3x8x8, 7 classes")
        .containsPattern("dense +\\S+ +4 +772 ");
  }

  @Test
  void network_convolutionLargerThanItsInput_isRefusedByTheNodesName() {
    CommandLineRun run =
        network(
            "--set",
            "spec.trial.dataset={name: idx, trainSize: 100, validationSize: 50,"
                + " idx: {trainImages: i, trainLabels: l, classes: 3}}",
            "--set",
            "spec.trial.model={cnn: {filters: [4, 4], dense: [8, 8], kernel: 5, pool: 2, poolStride: 2,"
                + " padding: VALID}}",
            "--input-shape",
            "1x4x4");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).containsPattern("does not fit its input: node \\S+: ");
  }
}
