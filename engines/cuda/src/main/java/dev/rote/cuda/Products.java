package dev.rote.cuda;

import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Matrix products {@code C = alpha op(A) op(B) + beta C} of row-major float32 matrices on a stream,
 * without TF32. Factors lie on the card, or on the host, as the constructor says.
 */
final class Products implements AutoCloseable {
  /* A workspace of one's own makes products repeatable, and lets them be recorded. */
  private static final long WORKSPACE = 32L << 20;

  private final cublasContext handle = new cublasContext();

  Products(CUstream_st stream, DeviceMemory memory, boolean factorsOnCard) {
    synchronized (DeviceMemory.LOCK) {
      Status.ofBlas(cublas.cublasCreate_v2(handle), "opening cuBLAS");
    }
    BytePointer workspace = memory.bytes(WORKSPACE);
    Status.ofBlas(cublas.cublasSetStream_v2(handle, stream), "setting the stream");
    Status.ofBlas(
        cublas.cublasSetWorkspace_v2(handle, workspace, WORKSPACE), "setting the workspace");
    Status.ofBlas(
        cublas.cublasSetMathMode(handle, cublas.CUBLAS_DEFAULT_MATH), "setting the arithmetic");
    Status.ofBlas(
        cublas.cublasSetPointerMode_v2(
            handle,
            factorsOnCard ? cublas.CUBLAS_POINTER_MODE_DEVICE : cublas.CUBLAS_POINTER_MODE_HOST),
        "placing the factors");
  }

  /**
   * One operand.
   *
   * @param values of the first matrix
   * @param transposed whether it is stored as its transpose
   * @param stride values from one matrix of a batch to the next, 0 for the same one
   */
  record Operand(FloatPointer values, boolean transposed, long stride) {
    static Operand of(FloatPointer values) {
      return new Operand(values, false, 0);
    }

    static Operand transposed(FloatPointer values) {
      return new Operand(values, true, 0);
    }

    Operand every(long step) {
      return new Operand(values, transposed, step);
    }

    private int operation() {
      return transposed ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
    }
  }

  /** Shape of a product: C is [m, n], the inner dimension k. */
  record Size(int m, int n, int k) {}

  /** cuBLAS is column-major: it is asked for the transpose of C, from the operands swapped. */
  void multiply(
      Size size, FloatPointer alpha, Operand a, Operand b, FloatPointer beta, FloatPointer c) {
    Status.ofBlas(
        cublas.cublasSgemm_v2(
            handle,
            b.operation(),
            a.operation(),
            size.n,
            size.m,
            size.k,
            alpha,
            b.values,
            b.transposed ? size.k : size.n,
            a.values,
            a.transposed ? size.m : size.k,
            beta,
            c,
            size.n),
        "a product of " + size);
  }

  /**
   * The same of {@code count} pairs.
   *
   * @param stride values from one result to the next
   */
  void multiplyEach(
      Size size,
      FloatPointer alpha,
      Operand a,
      Operand b,
      FloatPointer beta,
      FloatPointer c,
      long stride,
      int count) {
    Status.ofBlas(
        cublas.cublasSgemmStridedBatched(
            handle,
            b.operation(),
            a.operation(),
            size.n,
            size.m,
            size.k,
            alpha,
            b.values,
            b.transposed ? size.k : size.n,
            b.stride,
            a.values,
            a.transposed ? size.m : size.k,
            a.stride,
            beta,
            c,
            size.n,
            stride,
            count),
        count + " products of " + size);
  }

  @Override
  public void close() {
    synchronized (DeviceMemory.LOCK) {
      Status.ofBlas(cublas.cublasDestroy_v2(handle), "closing cuBLAS");
    }
  }
}
