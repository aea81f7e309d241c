package dev.rote.blueprint;

import java.util.Arrays;
import java.util.List;

/**
 * A named array of a network's state: what every engine's checkpoints have in common.
 *
 * @param name such as {@code layer0/weights}
 * @param role what it is for
 * @param sizes dense weights are [in, out], those of a convolution [out, in, k, k]
 */
public record ParameterShape(String name, Role role, List<Integer> sizes) {
  /** What a parameter is for. */
  public enum Role {
    /** Trained; shrunk by weight decay. */
    WEIGHTS,
    /** Trained. */
    BIASES,
    /** Trained; starts at one. */
    SCALE,
    /** Trained; starts at zero. */
    SHIFT,
    /** Stays one. */
    FIXED_SCALE,
    /** Running statistic; starts at zero. */
    RUNNING_MEAN,
    /** Running statistic; starts at one. */
    RUNNING_VARIANCE,
    /** Constant of the data, written before training; starts at zero. */
    INPUT_MEAN,
    /** Constant of the data, written before training; starts at one. */
    INPUT_DEVIATION;

    public boolean trained() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE && this != FIXED_SCALE && !ofInputs();
    }

    /** Whether it is a statistic of the data that enter the network. */
    public boolean ofInputs() {
      return this == INPUT_MEAN || this == INPUT_DEVIATION;
    }

    /** The value that is no draw: of all but weights. */
    public float start() {
      return switch (this) {
        case SCALE, FIXED_SCALE, RUNNING_VARIANCE, INPUT_DEVIATION -> 1;
        case WEIGHTS, BIASES, SHIFT, RUNNING_MEAN, INPUT_MEAN -> 0;
      };
    }
  }

  public ParameterShape {
    sizes = List.copyOf(sizes);
  }

  /**
   * A parameter of the sizes given.
   *
   * @throws ArithmeticException if one is beyond 2<sup>31</sup>
   */
  public static ParameterShape of(String name, Role role, long... sizes) {
    return new ParameterShape(name, role, Arrays.stream(sizes).mapToObj(Math::toIntExact).toList());
  }

  /**
   * Number of values.
   *
   * @throws ArithmeticException beyond 2<sup>31</sup>
   */
  public int length() {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** Fan-in and fan-out of weights. */
  public long[] fans() {
    if (sizes.size() == 2) {
      return new long[] {sizes.get(0), sizes.get(1)};
    }
    long window = (long) sizes.get(2) * sizes.get(3);
    return new long[] {sizes.get(1) * window, sizes.get(0) * window};
  }
}
