package dev.rote.testkit;

import dev.rote.artifacts.ObjectStore;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What two small sweeps left in object storage before objects had checksums: {@code stored-mlp} and
 * {@code stored-cnn}, run by {@code rote run} of 2026-11-28, save for pictures. Whatever comes
 * after must read it.
 */
public final class StoredState {
  private StoredState() {}

  /** The objects by their keys, in order. */
  public static Map<String, byte[]> objects() {
    Map<String, byte[]> objects = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(open("stored-state.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        objects.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(objects);
  }

  /** The object under a key. */
  public static byte[] object(String key) {
    return Objects.requireNonNull(objects().get(key), key);
  }

  /** Puts all objects into a store. */
  public static void copyTo(ObjectStore store) {
    objects().forEach(store::put);
  }

  /** The two sweeps, each of one trial: of a perceptron, then of a convolutional network. */
  public static List<Sweep> sweeps() {
    return List.of(sweep("stored-mlp.yaml"), sweep("stored-cnn.yaml"));
  }

  private static Sweep sweep(String file) {
    try (InputStream in = open(file)) {
      return SweepFiles.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(StoredState.class.getResourceAsStream(name), name);
  }
}
