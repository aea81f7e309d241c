package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.v1.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers, schedules and losses at the door. */
class RecipeDoorTest {
  private static TrialSpec trial(String recipe) {
    String text = "{dataset: {name: strokes}, model: {mlp: {}}, " + recipe + "}";
    return SweepFiles.parse("metadata: {name: one}\nspec: {trial: " + text + "}", "one.yaml")
        .getSpec()
        .getTrial();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          momentum: 1 | trial.optimizer.momentum must be in [0, 1), was 1
          momentum: 1.5 | trial.optimizer.momentum must be in [0, 1), was 1.5
          nesterov: true | trial.optimizer.nesterov needs SGD with momentum above 0, was momentum 0
          adam: {beta1: 1} | trial.optimizer.adam.beta1 must be in [0, 1), was 1
          adam: {beta2: -0.1} | trial.optimizer.adam.beta2 must be in [0, 1), was -0.1
          adam: {eps: 0} | trial.optimizer.adam.eps must be finite and above 0, was 0
          adam: {}, momentum: 0.9 | trial.optimizer.momentum is of SGD alone: write beta1 of the optimiser, was 0.9
          adamw: {weightDecay: -1} | trial.optimizer.adamw.weightDecay must be finite and at least 0, was -1
          clipNorm: 0 | trial.optimizer.clipNorm must be finite and above 0, was 0
          milestones: {} | trial.optimizer.milestones.milestones must be at least one; none is written
          milestones: {milestones: [0]} | trial.optimizer.milestones.milestones[0] must be in [1, 1000000], was 0
          milestones: {milestones: [3, 2]} | trial.optimizer.milestones.milestones[1] must be above the one before it, 3, and at most 1000000, was 2
          milestones: {milestones: [3, 3]} | trial.optimizer.milestones.milestones[1] must be above the one before it, 3, and at most 1000000, was 3
          milestones: {milestones: [3], gamma: 1.1} | trial.optimizer.milestones.gamma must be in (0, 1], was 1.1
          cosineDecay: {etaMin: 0.2} | trial.optimizer.cosineDecay.etaMin must be in [0, 0.01], was 0.2
          cosineRestarts: {} | trial.optimizer.cosineRestarts.t0 must be in [1, 1000000], was 0
          cosineRestarts: {t0: 1, tMult: 0} | trial.optimizer.cosineRestarts.tMult must be in [1, 1000000], was 0
          triangle: {baseLr: 1} | trial.optimizer.triangle.baseLr must be in [0, 0.01], was 1
          triangle: {stepSizeDown: 0} | trial.optimizer.triangle.stepSizeDown must be in [1, 1000000000], was 0
          oneCycle: {} | trial.optimizer.oneCycle.cycleMomentum needs momentum: write optimizer.momentum above 0, or cycleMomentum: false
          momentum: 0.9, oneCycle: {pctStart: 1} | trial.optimizer.oneCycle.pctStart must be in (0, 1), was 1
          momentum: 0.9, oneCycle: {baseMomentum: 0.96} | trial.optimizer.oneCycle.baseMomentum must be in [0, 0.95], was 0.96
          momentum: 0.9, oneCycle: {divFactor: 0.5} | trial.optimizer.oneCycle.divFactor must be finite and at least 1, was 0.5
          warmup: {} | trial.optimizer.warmup must have one of epochs and steps, had neither
          warmup: {epochs: 1, steps: 5} | trial.optimizer.warmup must have one of epochs and steps, had both
          warmup: {epochs: 10} | trial.optimizer.warmup.epochs must be in [1, 9], was 10
          warmup: {steps: 0} | trial.optimizer.warmup.steps must be in [1, 1000000000], was 0
          warmup: {epochs: 1, startFactor: 0} | trial.optimizer.warmup.startFactor must be in (0, 1], was 0
          """)
  void check_badOptimizer_namesFieldValueAndBound(String optimizer, String message) {
    TrialSpec trial = trial("optimizer: {" + optimizer + "}");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> SweepValidator.check(trial))
        .withMessageContaining(message.replaceFirst(" ", ": "));
  }

  @Test
  void check_badLossOrTwoDecays_namesFieldValueAndBound() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> SweepValidator.check(trial("loss: {crossEntropy: {labelSmoothing: 1}}")))
        .withMessageContaining("trial.loss.crossEntropy.labelSmoothing: must be in [0, 1), was 1");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(
            () ->
                SweepValidator.check(
                    trial("optimizer: {adamw: {}}, regularization: {weightDecay: 0.1}")))
        .withMessageContaining("trial.optimizer.adamw: decays weights apart from the gradient")
        .withMessageContaining("leave out regularization.weightDecay, which is L2, was 0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer: {momentum: 0.9, nesterov: true, milestones: {milestones: [6, 8]}}",
        "optimizer: {adam: {}, cosineRestarts: {t0: 2, tMult: 2}}, regularization: {weightDecay: 1}",
        "optimizer: {adamw: {}, oneCycle: {}, clipNorm: 1}",
        "optimizer: {oneCycle: {cycleMomentum: false}, decayTouches: ALL}",
        "optimizer: {triangle: {}, warmup: {steps: 100}}, loss: {shiftedLog: {}}",
        "optimizer: {cosineDecay: {etaMin: 0.001}, warmup: {epochs: 2}}, loss: {squaredError: {}}",
      })
  void check_goodRecipes_pass(String recipe) {
    assertThatCode(() -> SweepValidator.check(trial(recipe))).doesNotThrowAnyException();
  }

  /** What equals its default is no other trial. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer: {nesterov: false}",
        "optimizer: {decayTouches: WEIGHTS}",
        "loss: {}",
        "loss: {crossEntropy: {}}",
        "loss: {crossEntropy: {labelSmoothing: 0}}",
      })
  void fill_defaultsWritten_sameId(String recipe) {
    assertThat(Ids.trialId(trial(recipe))).isEqualTo(Ids.trialId(trial("seed: 1")));
  }

  @Test
  void fill_etaMinOfZero_sameIdAsNone() {
    assertThat(Ids.trialId(trial("optimizer: {cosineDecay: {etaMin: 0}}")))
        .isEqualTo(Ids.trialId(trial("optimizer: {cosineDecay: {}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer: {adam: {}}",
        "optimizer: {clipNorm: 5}",
        "optimizer: {decayTouches: ALL}",
        "loss: {shiftedLog: {}}",
        "loss: {squaredError: {of: LOGITS}}",
        "loss: {squaredError: {}}",
        "loss: {crossEntropy: {labelSmoothing: 0.1}}",
        "optimizer: {triangle: {}}",
      })
  void fill_otherRecipes_otherIds(String recipe) {
    assertThat(Ids.trialId(trial(recipe))).isNotEqualTo(Ids.trialId(trial("seed: 1")));
    TrialSpec filled = SweepDefaults.fill(trial(recipe));
    assertThat(SweepDefaults.fill(filled)).isEqualTo(filled);
  }
}
