package dev.rote.networks.nd4j;

import dev.rote.blueprint.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One operation of the native library on fixed arrays, prepared once and run many times: a run
 * costs a microsecond beside the operation itself.
 */
final class NativeCall {
  private final DynamicCustomOp op;
  private final OpContext context;
  private double[] scalars;

  private NativeCall(
      String name, INDArray[] inputs, INDArray[] outputs, double[] scalars, long[] integers) {
    this.op = DynamicCustomOp.builder(name).build();
    this.context = Nd4j.getExecutioner().buildContext();
    this.scalars = scalars.clone();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
    context.setTArguments(scalars);
    context.setIArguments(integers);
  }

  /** An operation without scalars. */
  static NativeCall of(String name, INDArray[] inputs, INDArray[] outputs, long... integers) {
    return new NativeCall(name, inputs, outputs, new double[0], integers);
  }

  /** An operation with scalars. */
  static NativeCall of(
      String name, INDArray[] inputs, INDArray[] outputs, double[] scalars, long... integers) {
    return new NativeCall(name, inputs, outputs, scalars, integers);
  }

  /**
   * Integer arguments of libnd4j's conv2d (weights [out, in, k, k]) and of its pools, NCHW, which
   * leave padding out.
   */
  static long[] slide(Window window, boolean pool) {
    return new long[] {
      window.size(),
      window.size(),
      window.stride(),
      window.stride(),
      window.pad(),
      window.pad(),
      1,
      1,
      window.same() ? 1 : 0,
      0,
      pool ? 0 : 1
    };
  }

  /** {@code c = a b}, either factor transposed; {@link #run(double, double)} gives alpha, beta. */
  static NativeCall product(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    return new NativeCall(
        "matmul",
        new INDArray[] {a, b},
        new INDArray[] {c},
        new double[] {1, 0},
        new long[] {transposeA ? 1 : 0, transposeB ? 1 : 0});
  }

  /** {@code out = a op b} element by element. */
  static NativeCall elementwise(String name, INDArray a, INDArray b, INDArray out) {
    return of(name, new INDArray[] {a, b}, new INDArray[] {out});
  }

  void run() {
    Nd4j.getExecutioner().exec(op, context);
  }

  /** Runs with other scalars, such as {@code c = alpha a b + beta c} for a product. */
  void run(double first, double second) {
    if (scalars[0] != first || scalars[1] != second) {
      scalars = new double[] {first, second};
      context.setTArguments(scalars);
    }
    run();
  }
}
