package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All blocks of convolution, batch normalisation, ReLU and pool of a network. They train layer by
 * layer, with statistics of the batch; in inference they run as {@link ConvolutionBlock}s.
 */
final class ConvolutionTrunk implements Layer {
  /** Convolution, batch normalisation, ReLU and pool. */
  private static final int BLOCK_LAYERS = 4;

  private final List<Layer> layers;
  private final List<ConvolutionBlock.Layers> blocks;

  /**
   * @param layers of training, in order
   * @param blocks the same without the noise layers, which do nothing in inference
   */
  ConvolutionTrunk(List<Layer> layers, List<ConvolutionBlock.Layers> blocks) {
    this.layers = List.copyOf(layers);
    this.blocks = List.copyOf(blocks);
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  @Override
  public long[] outputShape() {
    return layers.get(layers.size() - 1).outputShape();
  }

  @Override
  public boolean sharesNoChunk() {
    return true;
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return mode.training() ? training(input, mode, arena) : new Inference(input, mode, arena);
  }

  private Stage training(Stage.Signal input, Stage.Mode mode, Arena arena) {
    StageChain chain = new StageChain(input);
    boolean fused = input.gradient() == null && blocks.get(0).coversAll();
    if (fused) {
      chain.add(new TrainingBlock(blocks.get(0), input, mode, arena));
    }
    chain.prepare(layers.subList(fused ? BLOCK_LAYERS : 0, layers.size()), mode, arena);
    return chain;
  }

  private final class Inference implements Stage {
    private final Signal input;
    private final Signal output;
    private final List<ConvolutionBlock> chain;
    private final float[] images;
    private final float[] features;

    Inference(Signal input, Mode mode, Arena arena) {
      this.input = input;
      int n = (int) input.examples();
      this.output = Layer.fresh(n, outputShape(), mode, arena);
      boolean gradient = input.gradient() != null;
      this.chain = blocks.stream().map(b -> new ConvolutionBlock(b, n, gradient, arena)).toList();
      this.images = new float[(int) input.value().length()];
      this.features = new float[(int) output.value().length()];
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      Arena.copyOut(input.value(), images, 0, images.length);
      chain.get(0).patches().load(images, 0);
      for (int i = 0; i < chain.size(); i++) {
        if (i > 0) {
          chain.get(i).patches().loadExamplesLast(chain.get(i - 1).pooled());
        }
        chain.get(i).forward();
      }
      int n = (int) output.examples();
      WindowPatches.transpose(last().pooled(), features.length / n, n, features);
      Arena.copyIn(features, 0, features.length, output.value());
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      INDArray dy = output.gradient();
      INDArray dx = input.gradient();
      if (dy == null || dx == null) {
        return;
      }
      Arena.copyOut(dy, features, 0, features.length);
      int n = (int) output.examples();
      WindowPatches.transpose(features, n, features.length / n, last().pooledGradients());
      for (int i = chain.size() - 1; i >= 0; i--) {
        chain.get(i).backward();
        if (i > 0) {
          chain.get(i).patches().storeExamplesLast(chain.get(i - 1).pooledGradients());
        }
      }
      chain.get(0).patches().store(images);
      Arena.copyIn(images, 0, images.length, dx);
    }

    private ConvolutionBlock last() {
      return chain.get(chain.size() - 1);
    }
  }
}
