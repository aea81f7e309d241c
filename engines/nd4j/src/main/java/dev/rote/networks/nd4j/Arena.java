package dev.rote.networks.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that live and are freed together, the products of these, and the copies between them and
 * the Java heap.
 */
final class Arena implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();
  private final int threads;

  /**
   * An empty arena.
   *
   * @param threads that its products run on
   */
  Arena(int threads) {
    this.threads = threads;
  }

  /** The product {@code c = alpha a b + beta c} of matrices, either factor transposed. */
  MatrixProduct product(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    return MatrixProduct.Blas.fits(threads, a, b, c)
        ? new MatrixProduct.Blas(a, transposeA, b, transposeB, c)
        : NativeCall.product(a, transposeA, b, transposeB, c)::run;
  }

  /** Threads that its products run on. */
  int threads() {
    return threads;
  }

  /** Runs parts that do not depend on each other, within a call that holds the thread gate. */
  void spread(int parts, Lanes.Part work) {
    Nd4jRuntime.get().gate().spread(threads, parts, work);
  }

  /** The values of an array on the CPU, row-major. */
  static FloatBuffer buffer(INDArray array) {
    return ((FloatPointer) array.data().pointer()).asBuffer();
  }

  /** A new array of zeros. */
  INDArray zeros(long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    arrays.add(array);
    return array;
  }

  /** A new array of one value. */
  INDArray filled(float value, long... shape) {
    INDArray array = zeros(shape);
    array.assign(value);
    return array;
  }

  /** Copies the first {@code length} values into the array, row-major. */
  static void copyIn(float[] values, int offset, int length, INDArray array) {
    ((FloatPointer) array.data().pointer()).put(values, offset, length);
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /** Copies the first {@code length} values out of the array, row-major. */
  static void copyOut(INDArray array, float[] values, int offset, int length) {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    ((FloatPointer) array.data().pointer()).get(values, offset, length);
  }

  /** Copies the bits of all values out of an array of float32, row-major. */
  static void copyOut(INDArray array, int[] bits) {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    new IntPointer(array.data().pointer()).get(bits);
  }

  /** Copies the bits of all values into an array of float32, row-major. */
  static void copyIn(int[] bits, INDArray array) {
    new IntPointer(array.data().pointer()).put(bits, 0, bits.length);
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  @Override
  public void close() {
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
