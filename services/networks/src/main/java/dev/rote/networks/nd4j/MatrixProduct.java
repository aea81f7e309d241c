package dev.rote.networks.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
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
    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;
    private final int flagA;
    private final int flagB;
    private final int rows;
    private final int columns;
    private final int inner;
    private final int widthA;
    private final int widthB;

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
      this.a = (FloatPointer) a.data().addressPointer();
      this.b = (FloatPointer) b.data().addressPointer();
      this.c = (FloatPointer) c.data().addressPointer();
      this.flagA = transposeA ? TRANSPOSED : AS_IS;
      this.flagB = transposeB ? TRANSPOSED : AS_IS;
      this.rows = c.rows();
      this.columns = c.columns();
      this.inner = transposeA ? a.rows() : a.columns();
      this.widthA = a.columns();
      this.widthB = b.columns();
    }

    @Override
    public void run(double alpha, double beta) {
      openblas_nolapack.cblas_sgemm(
          ROW_MAJOR,
          flagA,
          flagB,
          rows,
          columns,
          inner,
          (float) alpha,
          a,
          widthA,
          b,
          widthB,
          (float) beta,
          c,
          columns);
    }
  }
}
