package dev.rote.benchmarks.sensitivity;

import dev.rote.networks.Network;
import dev.rote.v1.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a script needs of a case: little-endian float32 in {@code inputs} and in one file for each
 * tensor of w_0, int32 in {@code labels} and {@code batches}.
 */
final class SensitivityFiles {
  private SensitivityFiles() {}

  static void write(SensitivityCase run, Path directory) {
    float[] inputs = new float[SensitivityCase.EXAMPLES * run.blueprint().inputLength()];
    run.examples().inputs(0, SensitivityCase.EXAMPLES, inputs);
    put(directory, "inputs", inputs);
    int[] labels = new int[SensitivityCase.EXAMPLES];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = run.examples().label(i);
    }
    put(directory, "labels", labels);
    put(directory, "batches", run.batches());
    try (Network network = RoteSensitivities.start(run)) {
      List<Tensor> tensors = network.tensors();
      for (int t = 0; t < tensors.size(); t++) {
        Tensor tensor = tensors.get(t);
        float[] values = new float[tensor.getShapeList().stream().reduce(1, Math::multiplyExact)];
        network.read(t, values);
        put(directory, tensor.getName().replace('/', '.'), values);
      }
    }
  }

  private static void put(Path directory, String name, float[] values) {
    ByteBuffer bytes = bytes(values.length);
    bytes.asFloatBuffer().put(values);
    put(directory, name, bytes);
  }

  private static void put(Path directory, String name, int[] values) {
    ByteBuffer bytes = bytes(values.length);
    bytes.asIntBuffer().put(values);
    put(directory, name, bytes);
  }

  /** Room for values of four bytes. */
  private static ByteBuffer bytes(int values) {
    return ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(Path directory, String name, ByteBuffer bytes) {
    try {
      byte[] written = new byte[bytes.capacity()];
      bytes.duplicate().clear().get(written);
      Files.write(directory.resolve(name), written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
