package dev.rote.networks;

/**
 * K vectors λ_k over all trainable parameters of a network, and the second derivatives of its loss
 * along all of them at once. The vectors stay where the engine computes.
 *
 * <p>Each call looks at a batch at the network's present parameters w. With ℓ_i the loss of example
 * i and L = (1/N) Σ_i ℓ_i, derivatives along λ are exact (R-operator of Pearlmutter, "Fast exact
 * multiplication by the Hessian", Neural Computation 6, 1994), with the derivative of a ReLU at 0
 * being 0 and its second derivative 0 everywhere. Differs from the paper: none.
 *
 * <p>Batch norm is another function in training than in inference: see {@link Mode}. In training
 * the loss ℓ_i of an example depends on all of the batch, so that the derivative by x_i is that of
 * all losses.
 *
 * <p>A direction that is zero stays zero, and costs nothing until it or one of a higher number has
 * been written or made a gradient: begin with the lowest.
 *
 * <p>A vector on the heap is float32[P]: the trainable tensors of {@link Network#tensors()}, one
 * after the other. Calls compute on one thread, so that sums have one order. Not safe for use by
 * several threads at once, or beside another call on the network.
 */
public interface Directions extends AutoCloseable {

  /** Which loss derivatives are of. Draws, of dropout and noise, take part in neither. */
  enum Mode {
    /** That of inference: running statistics of batch norm are constants. */
    INFERENCE,
    /**
     * That of a step of training: mean and variance of the batch take part as functions of inputs
     * and parameters, and running statistics are neither read nor moved.
     */
    TRAINING
  }

  /** Number of directions K. */
  int count();

  /** Sets all directions and all influences to zero. */
  void clear();

  /** Overwrites direction {@code k}. */
  void write(int k, float[] values);

  /** Copies direction {@code k} to {@code out}. */
  void read(int k, float[] out);

  /**
   * Overwrites direction {@code k} with a gradient: {@code λ_k = Σ_i weights_i ∇_w ℓ_i}.
   *
   * @param inputs float32[N, D]
   * @param labels int32[N] in [0, classes)
   * @param weights float64[N], such as 1/N for the gradient of the mean loss
   */
  void gradient(int k, float[] inputs, int[] labels, double[] weights, int n);

  /** Overwrites every direction with its product with the Hessian: {@code λ_k = ∇²_w L λ_k}. */
  void multiplyByHessian(float[] inputs, int[] labels, int n);

  /**
   * Takes every direction back through one step of SGD, {@code w' = w - rate (∇L + decay w)} (decay
   * of weights alone, as in {@link Network#step}): what is λ_k = ∂f_k/∂w' before is ∂f_k/∂w
   * afterwards,
   *
   * <p>{@code λ_k = (1 - rate decay) λ_k - rate ∇²_w L λ_k},
   *
   * <p>and what the inputs of the batch did to f_k through this step is added to their influences,
   *
   * <p>{@code influence[slot_i, k] -= rate ∂⟨∇_w L, λ_k⟩/∂x_i}, with λ_k as before.
   *
   * @param slots int32[N]: where the influence of each example goes, in [0, slots); a negative one
   *     drops it. Several examples may share a slot
   */
  void unroll(float[] inputs, int[] labels, int[] slots, int n, double rate, double decay);

  /**
   * Copies the influences of a slot.
   *
   * @param out float32[K, D], written
   */
  void influences(int slot, float[] out);

  @Override
  void close();
}
