package dev.rote.networks.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code c = alpha a b + beta c} on fixed matrices, either factor transposed. */
interface MatrixProduct {

  void run(double alpha, double beta);

  /** {@code c = a b} */
  default void run() {
    run(1, 0);
  }

  /**
   * A prepared call of BLAS, without ND4J's dispatch around it: for products that take no longer
   * than the dispatch does. Larger ones are faster in oneDNN.
   *
   * <p>On one thread alone: BLAS and the loops of ND4J and oneDNN have threads of their own, and
   * those that have just ended a product keep a core busy, waiting for the next, while the others
   * want it.
   */
  final class Blas implements MatrixProduct {
    private static final long MOST_MULTIPLICATIONS = 1 << 19;

    private final HostMatrix a;
    private final HostMatrix b;
    private final HostMatrix c;

    static boolean fits(int threads, INDArray a, INDArray b, INDArray c) {
      /* Of n x k, k x m and n x m: the product of the lengths is that of n, k and m, squared. */
      double multiplications = Math.sqrt((double) a.length() * b.length() * c.length());
      return threads == 1
          && multiplications <= MOST_MULTIPLICATIONS
          && Nd4jRuntime.get().onCpu()
          && rowMajor(a)
          && rowMajor(b)
          && rowMajor(c);
    }

    private static boolean rowMajor(INDArray matrix) {
      return matrix.ordering() == 'c' && matrix.stride(1) == 1;
    }

    Blas(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
      this.a = matrix(a, transposeA);
      this.b = matrix(b, transposeB);
      this.c = matrix(c, false);
    }

    private static HostMatrix matrix(INDArray of, boolean transposed) {
      FloatPointer first = (FloatPointer) of.data().addressPointer();
      return new HostMatrix(first, of.rows(), of.columns(), of.columns(), transposed);
    }

    @Override
    public void run(double alpha, double beta) {
      c.product(alpha, a, b, beta);
    }
  }
}
