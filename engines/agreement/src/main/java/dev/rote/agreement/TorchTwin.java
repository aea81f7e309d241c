package dev.rote.agreement;

import dev.rote.networks.Network;
import dev.rote.v1.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What PyTorch's layers made of a preset, recorded by scripts of the benchmarks ({@code presets.py}
 * unless said otherwise), and the weights and images that it was given: formulas, which are
 * repeated here.
 *
 * @param name of the line
 * @param values recorded, in order
 */
public record TorchTwin(String name, List<Double> values) {
  private static final String TABLE = "presets.tsv";
  private static final String OF_EXAMPLES = "example-gradients.tsv";
  private static final double STRETCH = 43758.5453;
  private static final double BETWEEN_VALUES = 12.9898;
  private static final double BETWEEN_TENSORS = 78.233;
  private static final int TENSORS = 1000;
  private static final double HE = 6;

  public TorchTwin {
    values = List.copyOf(values);
  }

  /** The recorded line of a name. */
  static TorchTwin named(String name) {
    return read(TABLE, name);
  }

  /**
   * The recorded line of a preset's gradients of two examples, by {@code example_gradients.py}: the
   * squared norms by parameters, then those of the labels' logits by inputs.
   */
  static TorchTwin ofExamples(String name) {
    return read(OF_EXAMPLES, name);
  }

  /** The recorded line of losses on CIFAR-10, by {@code cifar_steps.py}. */
  static TorchTwin onCifar(String name) {
    return read("cifar-steps.tsv", name);
  }

  private static TorchTwin read(String file, String name) {
    try (InputStream table = Objects.requireNonNull(TorchTwin.class.getResourceAsStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> List.of(line.split("\t")))
          .filter(cells -> cells.get(0).equals(name))
          .map(cells -> new TorchTwin(name, numbers(cells)))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(file + " has no line " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Double> numbers(List<String> cells) {
    return cells.stream().skip(1).map(TorchTwin::number).toList();
  }

  private static double number(String cell) {
    return cell.equals("nan") ? Double.NaN : Double.parseDouble(cell);
  }

  /** Values in [-1, 1) that look random, of a tensor. */
  static double[] formula(int tensor, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double x = StrictMath.sin(BETWEEN_VALUES * (i + 1) + BETWEEN_TENSORS * tensor) * STRETCH;
      values[i] = 2 * (x - Math.floor(x)) - 1;
    }
    return values;
  }

  /** float32[n, D] in [0, 1). */
  public static float[] images(int n, int length) {
    double[] values = formula(1, n * length);
    float[] images = new float[values.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) ((values[i] + 1) / 2);
    }
    return images;
  }

  /** int32[n]. */
  public static int[] labels(int n) {
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> (7 * i + 3) % 10);
    return labels;
  }

  /**
   * Overwrites parameters and running statistics.
   *
   * @param scaled whether scales of normalisation differ from one
   */
  public static void fill(Network network, boolean scaled) {
    List<Tensor> tensors = network.tensors();
    int values = network.state().parameters().size();
    for (int t = 0; t < values; t++) {
      network.write(t, values(tensors.get(t), scaled));
    }
  }

  private static float[] values(Tensor tensor, boolean scaled) {
    String name = tensor.getName();
    int slash = name.lastIndexOf('/');
    String role = name.substring(slash + 1);
    String theirs = name.substring(0, slash + 1) + theirs(role);
    List<Integer> sizes = tensor.getShapeList();
    int count = sizes.stream().reduce(1, Math::multiplyExact);
    double[] u = formula(theirs.chars().sum() % TENSORS, count);
    float[] out = new float[count];
    if (role.equals("weights")) {
      weights(u, sizes, out);
      return out;
    }
    for (int i = 0; i < count; i++) {
      out[i] =
          (float)
              switch (role) {
                case "variance" -> 1 + 0.5 * Math.abs(u[i]);
                case "scale" -> scaled ? 1 + 0.2 * u[i] : 1;
                default -> 0.1 * u[i];
              };
    }
    return out;
  }

  private static String theirs(String role) {
    return switch (role) {
      case "weights", "scale" -> "weight";
      case "biases", "shift" -> "bias";
      case "mean" -> "running_mean";
      case "variance" -> "running_var";
      default -> throw new IllegalArgumentException("unknown tensor " + role);
    };
  }

  /** Theirs are [out, in]; ours of a dense layer [in, out]. */
  private static void weights(double[] u, List<Integer> sizes, float[] out) {
    boolean dense = sizes.size() == 2;
    int rows = sizes.get(dense ? 1 : 0);
    int columns = out.length / rows;
    double scale = Math.sqrt(HE / columns);
    for (int o = 0; o < rows; o++) {
      for (int i = 0; i < columns; i++) {
        out[dense ? i * rows + o : o * columns + i] = (float) (u[o * columns + i] * scale);
      }
    }
  }
}
