package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.testkit.TestStack;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.StartFile;
import dev.rote.weights.ArrayType;
import dev.rote.weights.WeightArray;
import dev.rote.weights.WeightFormat;
import dev.rote.weights.WeightSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of weights on their way into object storage. */
class OwnWeightsIT {
  static TestStack stack;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static byte[] linear(int inputs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<WeightArray> arrays =
        List.of(
            new WeightArray("layer0.weight", ArrayType.F32, List.of(3, inputs)),
            new WeightArray("layer0.bias", ArrayType.F32, List.of(3)));
    try (WeightSink sink = WeightFormat.NPZ.open(arrays, Map.of(), bytes)) {
      sink.floats(new float[3 * inputs]);
      sink.floats(new float[3]);
    }
    return bytes.toByteArray();
  }

  private void take(byte[] bytes, String sha256) throws IOException {
    TestFiles.write(directory.resolve("data/nets/mine.npz"), bytes);
    DatasetFiles files =
        new DatasetFiles(directory.resolve("data"), directory.resolve("cache"), null);
    new OwnWeights(files, stack.store())
        .take(
            ImportWeightsRequest.newBuilder()
                .setFile(StartFile.newBuilder().setPath("nets/mine.npz").setSha256(sha256))
                .setModel(ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()))
                .setShape(Shape.newBuilder().setChannels(1).setHeight(2).setWidth(2))
                .setClasses(3)
                .build());
  }

  private void assertRefused(byte[] bytes, String sha256, String field, String message) {
    assertThatThrownBy(() -> take(bytes, sha256))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.REFUSED);
              assertThat(e.subject()).isEqualTo("spec.trial.start.file" + field);
            })
        .hasMessageContaining(message);
  }

  private static String sum(byte[] bytes) {
    return Sha256.hex(Sha256.of(ByteBuffer.wrap(bytes)));
  }

  @Test
  void take_fitting_isStoredUnderItsSum() throws IOException {
    byte[] bytes = linear(4);
    take(bytes, sum(bytes));
    take(bytes, sum(bytes));
    assertThat(stack.store().get(ArtifactKeys.weights(sum(bytes)))).isEqualTo(bytes);
  }

  @Test
  void take_anotherFile_isRefusedAndNotStored() throws IOException {
    byte[] bytes = linear(5);
    assertRefused(bytes, "0".repeat(64), ".sha256", "nets/mine.npz has the SHA-256 " + sum(bytes));
    assertRefused(bytes, sum(bytes), "", "it has layer0.weight of shape [3, 5], must be [3, 4]");
    byte[] none = {1, 2, 3};
    assertRefused(none, sum(none), "", "nets/mine.npz is neither npz nor safetensors");
    assertThat(stack.store().list("weights/", "", 10))
        .doesNotContain(ArtifactKeys.weights(sum(bytes)), ArtifactKeys.weights(sum(none)));
  }
}
