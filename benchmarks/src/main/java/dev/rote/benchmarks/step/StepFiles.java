package dev.rote.benchmarks.step;

import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The batch and the first weights of a case, which all contestants start from: little-endian
 * float32 in {@code inputs}, int32 in {@code labels}, and one file for each tensor.
 */
public record StepFiles(Path directory) {
  private static final long SEED = 7;

  /** Draws and writes the files of a case. */
  public static StepFiles write(StepCase step, Path directory, Engine engine) {
    StepFiles files = new StepFiles(directory);
    float[] inputs = new float[step.batch() * step.blueprint().inputLength()];
    CounterRandom.of(SEED, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    files.put("inputs", inputs);
    int[] labels = new int[step.batch()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) CounterRandom.of(SEED, "labels").below(StepCase.CLASSES, i, 0);
    }
    files.put("labels", labels);
    try (Network network = engine.create(step.blueprint(), 1)) {
      network.initialize(SEED, ModelSpec.Initialization.GLOROT_UNIFORM);
      List<Tensor> tensors = network.tensors();
      for (int i = 0; i < tensors.size(); i++) {
        float[] values = new float[length(tensors.get(i))];
        network.read(i, values);
        files.put(fileName(tensors.get(i)), values);
      }
    }
    return files;
  }

  static int length(Tensor tensor) {
    return tensor.getShapeList().stream().reduce(1, Math::multiplyExact);
  }

  static String fileName(Tensor tensor) {
    return tensor.getName().replace('/', '.');
  }

  /** The network of an engine with the weights of the files. */
  public Network network(StepCase step, Engine engine) {
    Network network = engine.create(step.blueprint(), step.threads());
    List<Tensor> tensors = network.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      network.write(i, floats(fileName(tensors.get(i))));
    }
    return network;
  }

  /** float32[batch, D]. */
  public float[] inputs() {
    return floats("inputs");
  }

  /** int32[batch]. */
  public int[] labels() {
    ByteBuffer bytes = bytes("labels");
    int[] labels = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(labels);
    return labels;
  }

  float[] floats(String name) {
    ByteBuffer bytes = bytes(name);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private ByteBuffer bytes(String name) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)))
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    put(name, bytes);
  }

  private void put(String name, int[] values) {
    byte[] bytes = new byte[values.length * Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    put(name, bytes);
  }

  private void put(String name, byte[] bytes) {
    try {
      Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
