package dev.rote.benchmarks.step;

import dev.rote.benchmarks.race.Work;
import dev.rote.networks.Engine;
import dev.rote.networks.nd4j.Nd4jEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.Nd4jBlas;

/**
 * The floor of a step: its matrix products and convolutions alone, on the same library, on arrays
 * made before; or, for the limit of the machine, one product of 2048 x 2048 matrices.
 */
final class ProductsAlone implements Work {
  static final String LIMIT = "limit";
  static final int LIMIT_SIDE = 2048;

  /** Padding is what the arguments say. */
  private static final int EXPLICIT = 0;

  private final List<Runnable> products = new ArrayList<>();

  /**
   * Answers a race.
   *
   * @param arguments name of the case, or {@code limit}; threads
   */
  public static void main(String[] arguments) throws IOException {
    try (Engine engine = new Nd4jEngine()) {
      System.err.println(engine.description());
    }
    int threads = Integer.parseInt(arguments[1]);
    ((Nd4jBlas) Nd4j.factory().blas()).setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Work.serve(new ProductsAlone(arguments[0]));
  }

  private ProductsAlone(String name) {
    if (name.equals(LIMIT)) {
      product(zeros(LIMIT_SIDE, LIMIT_SIDE), false, zeros(LIMIT_SIDE, LIMIT_SIDE), false);
      return;
    }
    for (Product product : StepCase.named(name).products()) {
      if (product instanceof Product.Dense dense) {
        dense(dense);
      } else if (product instanceof Product.Convolution convolution) {
        convolution(convolution);
      }
    }
  }

  private static INDArray zeros(long... shape) {
    return Nd4j.create(DataType.FLOAT, shape);
  }

  private void dense(Product.Dense dense) {
    INDArray x = zeros(dense.n(), dense.in());
    INDArray w = zeros(dense.in(), dense.out());
    INDArray dy = zeros(dense.n(), dense.out());
    product(x, false, w, false);
    product(x, true, dy, false);
    if (!dense.first()) {
      product(dy, false, w, true);
    }
  }

  private void product(INDArray a, boolean transposeA, INDArray b, boolean transposeB) {
    INDArray c = zeros(transposeA ? a.columns() : a.rows(), transposeB ? b.rows() : b.columns());
    long[] flags = {transposeA ? 1 : 0, transposeB ? 1 : 0};
    call("matmul", new INDArray[] {a, b}, new INDArray[] {c}, new double[] {1, 0}, flags);
  }

  private void convolution(Product.Convolution c) {
    int kernel = c.window().size();
    INDArray x = zeros(c.n(), c.channels(), c.side(), c.side());
    INDArray w = zeros(c.filters(), c.channels(), kernel, kernel);
    INDArray y = zeros(c.n(), c.filters(), c.outputSide(), c.outputSide());
    int stride = c.window().stride();
    int border = c.window().before(c.side());
    long[] window = {kernel, kernel, stride, stride, border, border, 1, 1, EXPLICIT, 0, 1};
    call("conv2d", new INDArray[] {x, w}, new INDArray[] {y}, new double[0], window);
    INDArray[] gradients = {zeros(x.shape()), zeros(w.shape())};
    call("conv2d_bp", new INDArray[] {x, w, y.dup()}, gradients, new double[0], window);
  }

  private void call(
      String name, INDArray[] inputs, INDArray[] outputs, double[] scalars, long[] integers) {
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
    context.setTArguments(scalars);
    context.setIArguments(integers);
    Arrays.stream(inputs).forEach(input -> input.assign(0.5));
    products.add(() -> Nd4j.getExecutioner().exec(op, context));
  }

  @Override
  public double[] check() {
    return new double[0];
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      products.forEach(Runnable::run);
    }
  }
}
