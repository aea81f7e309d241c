package dev.rote.cuda;

import dev.rote.recipes.Adam;
import dev.rote.recipes.AdamW;
import dev.rote.recipes.Optimizer;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Sgd;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The step of an optimiser that needs gradients as a whole: for its formula, or for their norm. All
 * of them are there before a parameter moves.
 */
final class GatheredStep {
  private final Recipe recipe;
  private final List<Parameter> trained;
  private final DoublePointer squares;

  /**
   * @param memory of the network
   */
  GatheredStep(Recipe recipe, List<Parameter> parameters, DeviceMemory memory) {
    this.recipe = recipe;
    this.trained = parameters.stream().filter(Parameter::trained).toList();
    this.squares = memory.doubles(trained.size() + 1L);
  }

  /** Whether a recipe needs it: what layers update themselves are weights that alone decay. */
  static boolean gathers(Recipe recipe) {
    return !recipe.fusible() || recipe.decaysAll();
  }

  /** Moves all trained parameters, after a backward pass. */
  void run(Pass pass) {
    boolean clips = recipe.clipNorm() != Double.POSITIVE_INFINITY;
    if (clips) {
      sumSquares(pass);
    }
    for (Parameter parameter : trained) {
      List<FloatPointer> slots = parameter.slots();
      pass.kernel("moveGathered")
          .with(parameter.value())
          .with(slots.isEmpty() ? null : slots.get(0))
          .with(slots.size() < 2 ? null : slots.get(1))
          .with(parameter.gathered())
          .with(parameter.length())
          .with(kind(recipe.optimizer()))
          .with(recipe.decay(parameter.shape().role(), 1) != 0 ? 1 : 0)
          .with(beta2(recipe.optimizer()))
          .with(epsilon(recipe.optimizer()))
          .with(clips ? squares : null)
          .with(recipe.clipNorm())
          .with(pass.settings().all())
          .overElements(parameter.length());
    }
  }

  /** Each parameter's own, then all of them in their order. */
  private void sumSquares(Pass pass) {
    for (int p = 0; p < trained.size(); p++) {
      pass.kernel("squaresOf")
          .with(trained.get(p).gathered())
          .with(trained.get(p).length())
          .with(squares.getPointer(p + 1L))
          .inOneBlock();
    }
    pass.kernel("total")
        .with(squares.getPointer(1))
        .with(trained.size())
        .with(squares)
        .inOneBlock();
  }

  private static int kind(Optimizer optimizer) {
    if (optimizer instanceof Sgd sgd) {
      return sgd.nesterov() ? 1 : 0;
    }
    return optimizer instanceof Adam ? 2 : 3;
  }

  static double beta2(Optimizer optimizer) {
    if (optimizer instanceof Adam adam) {
      return adam.beta2();
    }
    return optimizer instanceof AdamW adam ? adam.beta2() : 0;
  }

  private static double epsilon(Optimizer optimizer) {
    if (optimizer instanceof Adam adam) {
      return adam.epsilon();
    }
    return optimizer instanceof AdamW adam ? adam.epsilon() : 0;
  }
}
