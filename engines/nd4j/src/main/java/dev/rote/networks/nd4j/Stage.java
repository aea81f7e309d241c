package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer at one batch size: its buffers and its prepared operations. */
interface Stage {

  /** What a stage is prepared for. */
  enum Mode {
    /** Forward passes with running statistics. */
    INFERENCE,
    /** Inference, and the gradient with respect to the input. */
    INPUT_GRADIENT,
    /**
     * Inference, and the gradients with respect to what layers put out, for {@link ExampleNorms}.
     */
    EXAMPLE_NORMS,
    /**
     * The gradient of a step's loss with respect to the input: as {@link #INPUT_GRADIENT}, but with
     * statistics of the batch, which move nothing.
     */
    OF_BATCH,
    /** Steps without hidden noise. */
    TRAINING,
    /** Steps with hidden dropout or noise. */
    NOISY_TRAINING;

    /** Whether statistics of the batch take part. */
    boolean ofBatch() {
      return this == OF_BATCH || training();
    }

    boolean training() {
      return this == TRAINING || this == NOISY_TRAINING;
    }
  }

  /**
   * What flows between stages.
   *
   * @param value activations, row-major, N first
   * @param gradient buffer of the loss gradient with respect to {@code value}; none where nobody
   *     asks for it
   */
  record Signal(INDArray value, @Nullable INDArray gradient) {
    /** The gradient, which somebody asks for. */
    INDArray wanted() {
      return Objects.requireNonNull(gradient);
    }

    long examples() {
      return value.size(0);
    }

    /** Values of one example. */
    long width() {
      return value.length() / value.size(0);
    }
  }

  Signal output();

  /**
   * Computes the output.
   *
   * @param settings of the step; none in inference
   */
  void forward(@Nullable StepSettings settings);

  /**
   * Turns the gradient of the output into that of the input, if there is a buffer for it, and
   * updates the parameters when training.
   *
   * @param settings of the step; none in inference
   */
  void backward(@Nullable StepSettings settings);
}
