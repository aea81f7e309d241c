package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.SetupLine;
import dev.rote.v1.SweepSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stepDecay: {} | | SGD with learning rate 0.01, times 0.5 every 15 epochs
          cosineDecay: {} | | SGD with learning rate 0.01, cosine decay
          adam: {}, cosineDecay: {etaMin: 0.001} | | Adam (betas 0.9 and 0.999) with learning rate 0.01, cosine decay to 0.001
          adamw: {weightDecay: 0.05}, oneCycle: {}, clipNorm: 1 | | AdamW (betas 0.9 and 0.999) with learning rate 0.01, decoupled weight decay 0.05, gradients clipped at norm 1, in one cycle
          momentum: 0.9, nesterov: true, milestones: {milestones: [3, 6]}, warmup: {epochs: 2, startFactor: 0.5} | | SGD with learning rate 0.01, Nesterov momentum 0.9, warm-up over 2 epochs from 0.5 of the rate, times 0.1 after epochs 3, 6
          decayTouches: ALL, cosineRestarts: {t0: 2} | | SGD with learning rate 0.01, decay of all parameters, cosine decay with restarts, the first after 2 epochs, each 1 times as long
          triangle: {} | shiftedLog: {} | SGD with learning rate 0.01, in triangles from 0 step by step, loss -log(0.1 + p) / K
          | crossEntropy: {labelSmoothing: 0.1} | SGD with learning rate 0.01, labels smoothed by 0.1
          | squaredError: {of: LOGITS} | SGD with learning rate 0.01, squared error of logits
          | squaredError: {} | SGD with learning rate 0.01, squared error of probabilities
          """)
  void of_recipes_sayWhatTheyAre(String optimizer, String loss, String words) {
    String recipe =
        "optimizer: {%s}, loss: {%s}"
            .formatted(optimizer == null ? "" : optimizer, loss == null ? "" : loss);
    String text =
        "metadata: {name: one}\nspec: {trial: {dataset: {name: strokes}, model: {mlp: {}}, %s}}"
            .formatted(recipe);
    SweepSpec spec = SweepDefaults.fill(SweepFiles.parse(text, "one.yaml").getSpec());
    assertThat(SetupWords.of(spec))
        .filteredOn(line -> line.getName().equals("Recipe"))
        .extracting(SetupLine::getText)
        .containsExactly(words + ", batches of 128, at most 10 epochs");
  }
}
