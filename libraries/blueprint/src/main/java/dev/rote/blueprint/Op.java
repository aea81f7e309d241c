package dev.rote.blueprint;

import java.util.List;

/**
 * What a node computes. An op says shapes, parameters and cost; engines compute it.
 *
 * <p>A new op is a record here with its {@link OpForm}, a field of {@code Graph.Node} named in
 * {@link GraphOps}, a layer in each engine and a case of the agreement suite.
 */
public sealed interface Op
    permits Input,
        Crop,
        Normalize,
        Flatten,
        Dense,
        Convolution,
        BatchNorm,
        Relu,
        MaxPool,
        Noise,
        Add,
        AveragePool,
        LayerNorm,
        GlobalAveragePool,
        Gelu,
        Tanh,
        Concatenate,
        Dropout,
        ChannelDropout,
        LocalResponseNorm {

  /** What is done by the kind of an op: an engine that forgets one does not compile. */
  interface Visitor<R> {
    /** What enters the network. */
    R input(Input op);

    /** Cuts the image that enters the network. */
    R crop(Crop op);

    /** Normalises the image that enters the network. */
    R normalize(Normalize op);

    /** One row of an image. */
    R flatten(Flatten op);

    /** Product with weights. */
    R dense(Dense op);

    /** Cross-correlation with kernels. */
    R convolution(Convolution op);

    /** Normalisation by statistics of the batch. */
    R batchNorm(BatchNorm op);

    /** The positive part. */
    R relu(Relu op);

    /** Largest value of windows. */
    R maxPool(MaxPool op);

    /** Hidden noise and dropout. */
    R noise(Noise op);

    /** Sum of two inputs. */
    R add(Add op);

    /** Mean of windows. */
    R averagePool(AveragePool op);

    /** Normalisation by statistics of the example. */
    R layerNorm(LayerNorm op);

    /** Mean of channels. */
    R globalAveragePool(GlobalAveragePool op);

    /** Gaussian error linear unit. */
    R gelu(Gelu op);

    /** Hyperbolic tangent. */
    R tanh(Tanh op);

    /** Inputs one after the other. */
    R concatenate(Concatenate op);

    /** Dropout of values. */
    R dropout(Dropout op);

    /** Dropout of channels. */
    R channelDropout(ChannelDropout op);

    /** Normalisation by neighbouring channels. */
    R localResponseNorm(LocalResponseNorm op);
  }

  /**
   * A visitor that knows some ops and says one thing of all others: for what writes networks in the
   * words of a library, which lacks most of them.
   */
  interface Selective<R> extends Visitor<R> {
    /**
     * What is done with an op that this visitor does not name.
     *
     * @throws IllegalArgumentException if nothing can be
     */
    R other(Op op);

    @Override
    default R input(Input op) {
      return other(op);
    }

    @Override
    default R crop(Crop op) {
      return other(op);
    }

    @Override
    default R normalize(Normalize op) {
      return other(op);
    }

    @Override
    default R flatten(Flatten op) {
      return other(op);
    }

    @Override
    default R dense(Dense op) {
      return other(op);
    }

    @Override
    default R convolution(Convolution op) {
      return other(op);
    }

    @Override
    default R batchNorm(BatchNorm op) {
      return other(op);
    }

    @Override
    default R relu(Relu op) {
      return other(op);
    }

    @Override
    default R maxPool(MaxPool op) {
      return other(op);
    }

    @Override
    default R noise(Noise op) {
      return other(op);
    }

    @Override
    default R add(Add op) {
      return other(op);
    }

    @Override
    default R averagePool(AveragePool op) {
      return other(op);
    }

    @Override
    default R layerNorm(LayerNorm op) {
      return other(op);
    }

    @Override
    default R globalAveragePool(GlobalAveragePool op) {
      return other(op);
    }

    @Override
    default R gelu(Gelu op) {
      return other(op);
    }

    @Override
    default R tanh(Tanh op) {
      return other(op);
    }

    @Override
    default R concatenate(Concatenate op) {
      return other(op);
    }

    @Override
    default R dropout(Dropout op) {
      return other(op);
    }

    @Override
    default R channelDropout(ChannelDropout op) {
      return other(op);
    }

    @Override
    default R localResponseNorm(LocalResponseNorm op) {
      return other(op);
    }
  }

  /** Hands this op to its method of the visitor. */
  <R> R accept(Visitor<R> visitor);

  /** Its name in graphs, such as {@code batchNorm}. */
  String word();

  /** Number of inputs. */
  default int inputs() {
    return 1;
  }

  /**
   * Shape of its output.
   *
   * @param inputs as many as {@link #inputs} says
   * @throws IllegalArgumentException if they do not fit
   */
  Extent outputOf(List<Extent> inputs);

  /**
   * Its parameters in the order of checkpoints.
   *
   * @param scope what their names begin with
   */
  default List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    return List.of();
  }

  /**
   * Multiplications and additions of a forward pass of one example, those of products and
   * convolutions: others are few beside them.
   */
  default long operations(List<Extent> inputs) {
    return 0;
  }

  /** Whether its output is its input, under another shape at most, outside noisy steps. */
  default boolean passesThrough() {
    return false;
  }

  /** Whether every step of training draws random numbers here, whatever the trial's settings. */
  default boolean draws() {
    return false;
  }
}
