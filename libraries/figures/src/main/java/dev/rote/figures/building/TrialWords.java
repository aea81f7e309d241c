package dev.rote.figures.building;

import dev.rote.blueprint.Models;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A trial, its defaults filled in, in plain words: what an axis may change apart from the rest. */
final class TrialWords {
  private TrialWords() {}

  /** Data, corruption, augmentation, model, recipe and regularisation, in this order. */
  static Map<String, List<Phrase>> of(TrialSpec trial) {
    Map<String, List<Phrase>> words = new LinkedHashMap<>();
    words.put("Data", data(trial.getDataset()));
    words.put("Corruption", corruption(trial.getCorruption()));
    words.put("Augmentation", PictureWords.augmentation(trial.getAugmentation()));
    words.put("Model", model(trial.getModel()));
    words.put("Recipe", recipe(trial));
    words.put("Regularisation", regularization(trial.getRegularization()));
    return words;
  }

  private static List<Phrase> data(DatasetSpec dataset) {
    List<Phrase> phrases = new ArrayList<>();
    String files =
        dataset.hasIdx()
            ? " (" + dataset.getIdx().getTrainImages() + ")"
            : dataset.hasFiles() ? " (" + dataset.getFiles().getTrain().getPath() + ")" : "";
    phrases.add(Phrase.of("dataset", "", dataset.getName() + files, ":"));
    phrases.add(
        Phrase.of("train size", "", examples(dataset.getTrainSize()), " training and").ledBy(" "));
    String from =
        switch (dataset.getValidationSource()) {
          case TEST -> " from the test file";
          case VALIDATION -> " from the validation set";
          case TRAIN, UNSPECIFIED, UNRECOGNIZED -> "";
        };
    phrases.add(
        Phrase.of(
                "validation size",
                "",
                examples(dataset.getValidationSize()),
                " validation examples" + from)
            .ledBy(" "));
    if (dataset.getPooling() > 1) {
      phrases.add(Phrase.of("pooling", "pooled ", dataset.getPooling() + " to 1", ""));
    }
    phrases.addAll(SelectionWords.of(dataset));
    return phrases;
  }

  /* Sizes that the files decide are not known before they are read. */
  private static String examples(int size) {
    return size == 0 ? "all" : Wording.grouped(Integer.toUnsignedLong(size));
  }

  private static List<Phrase> corruption(CorruptionSpec corruption) {
    List<Phrase> phrases = new ArrayList<>();
    if (corruption.hasInputs()) {
      String rule = word(corruption.getInputs().getRule());
      phrases.add(
          Phrase.of("inputs", "inputs: ", rule + at(corruption.getInputs().getLevel()), ""));
    }
    if (corruption.hasLabels()) {
      String rule = word(corruption.getLabels().getRule());
      String level = at(corruption.getLabels().getLevel());
      phrases.add(Phrase.of("labels", "labels: ", rule + level, "").ledBy("; "));
    }
    if (corruption.hasThresholdClass()) {
      int part = corruption.getThresholdClass().getPart();
      phrases.add(
          Phrase.of("threshold class", "threshold class: ", "part " + part, "").ledBy("; "));
    }
    if (corruption.hasRepeated()) {
      phrases.add(SelectionWords.of(corruption.getRepeated()).ledBy("; "));
    }
    if (!phrases.isEmpty() && corruption.getCorruptValidation()) {
      phrases.add(
          Phrase.of("validation", "", "the validation split, too", "")
              .ledBy("; ")
              .orElse("not the validation split"));
    }
    return phrases;
  }

  private static String word(Enum<?> name) {
    return name.name().replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String at(double level) {
    return " at level " + Wording.number(level);
  }

  private static List<Phrase> model(ModelSpec model) {
    List<Phrase> phrases = new ArrayList<>();
    phrases.add(Phrase.of("model", "", architecture(model), ""));
    phrases.addAll(PictureWords.normalization(model));
    return phrases;
  }

  private static String architecture(ModelSpec model) {
    String initialization =
        model.hasInitialization() ? ", initialised " + word(model.getInitialization()) : "";
    return Models.words(model) + initialization;
  }

  private static List<Phrase> recipe(TrialSpec trial) {
    TrainingSpec training = trial.getTraining();
    List<Phrase> phrases = new ArrayList<>(RecipeWords.of(trial.getOptimizer()));
    RecipeWords.of(trial.getLoss()).ifPresent(phrases::add);
    phrases.add(
        Phrase.of(
            "batch",
            "batches of ",
            Wording.grouped(Integer.toUnsignedLong(training.getBatchSize())),
            ""));
    if (training.getSampling() == TrainingSpec.Sampling.WITH_REPLACEMENT) {
      phrases.add(
          Phrase.of("sampling", "", "drawn with replacement", "")
              .orElse("drawn without replacement"));
    }
    phrases.add(Phrase.of("epochs", "at most ", Wording.grouped(training.getEpochs()), " epochs"));
    if (training.hasMaxSteps()) {
      phrases.add(
          Phrase.of("steps", "at most ", Wording.grouped(training.getMaxSteps()), " steps")
              .orElse("any number of"));
    }
    if (training.hasStopAtAccuracy()) {
      String accuracy = Wording.number(training.getStopAtAccuracy());
      phrases.add(Phrase.of("stop", "until training accuracy ", accuracy, "").orElse("whatsoever"));
    }
    return phrases;
  }

  private static List<Phrase> regularization(RegularizationSpec regularization) {
    List<Phrase> phrases = new ArrayList<>();
    add(phrases, "dropout", regularization.getDropout());
    add(phrases, "input dropout", regularization.getInputDropout());
    add(phrases, "input noise", regularization.getInputNoise());
    add(phrases, "hidden noise", regularization.getHiddenNoise());
    add(phrases, "weight decay", regularization.getWeightDecay());
    if (regularization.hasAdversarial()) {
      add(phrases, "adversarial weight", regularization.getAdversarial().getWeight());
    }
    return phrases;
  }

  private static void add(List<Phrase> phrases, String name, double value) {
    if (value > 0) {
      phrases.add(Phrase.of(name, name + " ", Wording.number(value), ""));
    }
  }
}
