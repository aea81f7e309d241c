package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rote.spec.SweepFiles;
import dev.rote.v1.SetupLine;
import dev.rote.v1.SweepSpec;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SetupWordsTest {
  @Test
  void shouldSayAStudyInPlainWords() {
    SweepSpec spec =
        SweepFiles.parse(
                """
                apiVersion: rote.dev/v1
                kind: Sweep
                metadata: {name: words}
                spec:
                  trial:
                    dataset: {name: strokes, trainSize: 1000, validationSize: 500}
                    model: {mlp: {hidden: [128, 64]}}
                    optimizer: {learningRate: 0.1, momentum: 0.9}
                    training: {epochs: 20, batchSize: 32, stopAtAccuracy: 1}
                    regularization: {dropout: 0.5}
                  axes:
                  - name: data
                    points:
                    - label: real
                    - label: randY
                      set: {corruption: {labels: {rule: RANDOM}}}
                  - name: rate
                    field: optimizer.learningRate
                    values: [0.1, 1]
                  repetitions: 3
                  measurements:
                  - name: csr
                    criticalSamples: {}
                    epochs: [1, 5]
                """,
                "words.yaml")
            .getSpec();
    assertThat(
            SetupWords.of(spec).stream()
                .collect(Collectors.toMap(SetupLine::getName, SetupLine::getText)))
        .contains(
            entry("Data", "strokes: 1,000 training and 500 validation examples"),
            entry("Corruption", "labels: none / random at level 1 (axis data)"),
            entry("Augmentation", "none"),
            entry("Model", "MLP with hidden layers of 128, 64 units, initialised glorot uniform"),
            entry(
                "Recipe",
                "SGD with learning rate 0.1 / 1 (axis rate), momentum 0.9, batches of 32, at most 20"
                    + " epochs, until training accuracy 1"),
            entry("Regularisation", "dropout 0.5"),
            entry("Axis data", "real, randY"),
            entry("Axis rate", "optimizer.learningRate: 0.1, 1"),
            entry(
                "Repetitions",
                "3 of each cell, each with an initialisation and an order of examples of its own;"
                    + " 4 cells, 12 trials"),
            entry("Measured", "csr (critical samples, at epoch 1, 5)"));
  }

  @Test
  void of_sweepThatRepeats_saysFromAndTo() {
    String repeated =
        """
        - {name: rate, field: optimizer.learningRate, values: [0.1, 1]}
        repeat: {atLeast: 4, atMost: 12}
        """;
    assertThat(words(repeated))
        .containsEntry(
            "Repetitions",
            "4 to 12 of each cell, until the claims are judged, each with an initialisation and an"
                + " order of examples of its own; 2 cells, at most 24 trials");
  }

  private static Map<String, String> words(String axes) {
    SweepSpec spec =
        SweepFiles.parse(
                """
                apiVersion: rote.dev/v1
                kind: Sweep
                metadata: {name: words}
                spec:
                  trial:
                    dataset: {name: strokes, trainSize: 1000, validationSize: 500}
                    model: {mlp: {hidden: [8]}}
                  axes:
                """
                    + axes.indent(2),
                "words.yaml")
            .getSpec();
    return SetupWords.of(spec).stream()
        .collect(Collectors.toMap(SetupLine::getName, SetupLine::getText));
  }

  @Test
  void shouldNameEveryLevelOfAnAxis_whenItsFirstOneIsNone() {
    Map<String, String> words =
        words(
            """
            - name: rule
              points:
              - {label: random, set: {corruption: {labels: {rule: RANDOM}}}}
              - {label: unique, set: {corruption: {labels: {rule: SYMMETRIC}}}}
            - {name: noise, field: corruption.labels.level, values: [0, 0.2, 0.8]}
            """);
    assertThat(words)
        .containsEntry(
            "Corruption",
            "labels: none / random at level 0.2 / random at level 0.8 / symmetric at level 0.8 /"
                + " symmetric at level 0.2 (axis noise, axis rule)");
    assertThat(
            words(
                """
                - name: noise
                  points:
                  - {label: "0", set: {corruption: {labels: {rule: RANDOM, level: 0}}}}
                  - {label: "20", set: {corruption: {labels: {rule: RANDOM, level: 0.2}}}}
                  - {label: "80", set: {corruption: {labels: {rule: RANDOM, level: 0.8}}}}
                """))
        .containsEntry("Corruption", "labels: none / random at level 0.2 / 0.8 (axis noise)");
  }

  @Test
  void shouldSayASizeWhereItStands_whenAnAxisChangesIt() {
    assertThat(
            words(
                """
                - {name: size, field: dataset.trainSize, values: [500, 1000]}
                - {name: drop, field: regularization.dropout, values: [0, 0.5]}
                - {name: caps, field: training.maxSteps, values: [10, 20]}
                """))
        .containsEntry(
            "Data", "strokes: 500 / 1,000 (axis size) training and 500 validation examples")
        .containsEntry("Regularisation", "dropout none / 0.5 (axis drop)")
        .hasEntrySatisfying(
            "Recipe", recipe -> assertThat(recipe).endsWith("at most 10 / 20 (axis caps) steps"));
  }

  @Test
  void shouldSayAugmentationAndNormalisation_whenAxesChangeThem() {
    assertThat(
            words(
                """
                - name: pictures
                  points:
                  - {label: plain, set: {augmentation: {padAndCrop: {}}}}
                  - {label: covered, set: {augmentation: {padAndCrop: {}, cutout: {size: 8}, mixup: {alpha: 0.2}}}}
                - name: normalised
                  points:
                  - label: constants
                    set: {model: {normalization: {constants: {mean: [0.1307], deviation: [0.3081]}}}}
                  - {label: split, set: {model: {normalization: {ofTrainingSplit: {}}}}}
                """))
        .containsEntry(
            "Augmentation",
            "padded by 4 and cropped, cutout none / 8 x 8 (axis pictures),"
                + " mixup of alpha none / 0.2 (axis pictures)")
        .containsEntry(
            "Model",
            "MLP with hidden layers of 8 units, initialised glorot uniform, inputs normalised by"
                + " mean 0.1307 and deviation 0.3081 / the training split (axis normalised)");
  }
}
