package dev.rote.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.recipes.Optimizer.Move;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Seven steps of a weight and a bias, three values each, beside PyTorch's in float32. */
class OptimizerOracleTest {
  private static final int STEPS = 7;
  private static final double NO_CLIP = Double.POSITIVE_INFINITY;

  private static Recipe recipe(Optimizer optimizer, boolean all, double clip) {
    return new Recipe(CrossEntropy.PLAIN, optimizer, all, clip);
  }

  static Stream<Arguments> recipes() {
    Adam adam = new Adam(0.999, 1e-8);
    return Stream.of(
        Arguments.of("sgd", recipe(new Sgd(false, false), true, NO_CLIP), 0.1, 0, 0),
        Arguments.of("sgd-decay-all", recipe(new Sgd(false, false), true, NO_CLIP), 0.1, 0, 0.05),
        Arguments.of("sgd-momentum", recipe(new Sgd(true, false), false, NO_CLIP), 0.1, 0.9, 0.05),
        Arguments.of("sgd-nesterov", recipe(new Sgd(true, true), false, NO_CLIP), 0.1, 0.9, 0.05),
        Arguments.of("adam", recipe(adam, true, NO_CLIP), 0.05, 0.9, 0),
        Arguments.of("adam-decay", recipe(new Adam(0.95, 1e-6), false, NO_CLIP), 0.05, 0.8, 0.1),
        Arguments.of("adam-decay-all", recipe(adam, true, NO_CLIP), 0.05, 0.9, 0.1),
        Arguments.of("adamw", recipe(new AdamW(0.999, 1e-8, 0.01), true, NO_CLIP), 0.05, 0.9, 0),
        Arguments.of(
            "adamw-decay", recipe(new AdamW(0.95, 1e-6, 0.1), false, NO_CLIP), 0.05, 0.8, 0),
        Arguments.of("sgd-clip", recipe(new Sgd(false, false), true, 0.5), 0.1, 0, 0),
        Arguments.of("adam-clip", recipe(adam, true, 0.5), 0.05, 0.9, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void update_sevenSteps_valuesAreThoseOfPyTorch(
      String name, Recipe recipe, double rate, double momentum, double l2) {
    double[] given = Recorded.of("given/" + name);
    float[][] values = {{0.5f, -1, 2}, {0.1f, 0, -0.3f}};
    List<List<float[]>> slots = List.of(zeros(recipe), zeros(recipe));
    for (int step = 0; step < STEPS; step++) {
      double squares = 0;
      for (int i = 0; i < 6; i++) {
        squares += given[6 * step + i] * given[6 * step + i];
      }
      double clipping = recipe.clipping(Math.sqrt(squares));
      for (int p = 0; p < 2; p++) {
        float[] gradient = new float[3];
        for (int i = 0; i < 3; i++) {
          gradient[i] = (float) (clipping * given[6 * step + 3 * p + i]);
        }
        double decay = recipe.decay(p == 0 ? Role.WEIGHTS : Role.BIASES, l2);
        Move move = new Move(rate, momentum, decay, step);
        recipe.optimizer().update(values[p], slots.get(p), gradient, 3, move);
        for (int i = 0; i < 3; i++) {
          double expected = Recorded.of("steps/" + name)[6 * step + 3 * p + i];
          assertThat((double) values[p][i]).as("step %d", step).isCloseTo(expected, within(2e-6));
        }
      }
    }
  }

  private static List<float[]> zeros(Recipe recipe) {
    List<float[]> zeros = new ArrayList<>();
    recipe.optimizer().slots().forEach(slot -> zeros.add(new float[3]));
    return zeros;
  }

  @Test
  void clipping_norms_areThoseThatPyTorchClips() {
    Recipe recipe = recipe(new Sgd(false, false), true, 0.5);
    assertThat(recipe.clipping(Recorded.of("norms/sgd-clip")[0]))
        .isCloseTo(0.5 / 8.087993668, within(1e-8));
    assertThat(recipe.clipping(0.4)).isEqualTo(1);
    assertThat(recipe.clipping(Double.NaN)).isNaN();
    assertThat(recipe(new Sgd(false, false), true, NO_CLIP).clipping(1e30)).isEqualTo(1);
  }

  @Test
  void fusible_plainSgdAlone() {
    assertThat(Recipe.SGD.fusible()).isTrue();
    assertThat(recipe(new Sgd(true, true), false, NO_CLIP).fusible()).isFalse();
    assertThat(recipe(new Sgd(true, false), false, 1).fusible()).isFalse();
    assertThat(recipe(new Adam(0.9, 1), false, NO_CLIP).fusible()).isFalse();
  }

  @Test
  void of_trials_areTheirRecipes() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    OptimizerSpec.Builder optimizer = trial.getOptimizerBuilder();
    assertThat(Recipe.of(trial.build())).isEqualTo(recipe(new Sgd(false, false), false, NO_CLIP));
    optimizer.setMomentum(0.9).setNesterov(true).setClipNorm(2);
    assertThat(Recipe.of(trial.build())).isEqualTo(recipe(new Sgd(true, true), false, 2));
    optimizer.getAdamBuilder().setBeta2(0.99).setEps(1e-4);
    optimizer.setDecayTouches(OptimizerSpec.DecayTouches.ALL);
    assertThat(Recipe.of(trial.build())).isEqualTo(recipe(new Adam(0.99, 1e-4), true, 2));
    optimizer.getAdamwBuilder().setBeta2(0.99).setEps(1e-4).setWeightDecay(0.3);
    assertThat(Recipe.of(trial.build())).isEqualTo(recipe(new AdamW(0.99, 1e-4, 0.3), true, 2));
    assertThat(Recipe.of(trial.build()).decay(Role.SCALE, 0)).isEqualTo(0.3);
    assertThat(Recipe.SGD.decay(Role.SCALE, 0.2)).isZero();
    assertThat(Recipe.SGD.decay(Role.WEIGHTS, 0.2)).isEqualTo(0.2);
  }
}
