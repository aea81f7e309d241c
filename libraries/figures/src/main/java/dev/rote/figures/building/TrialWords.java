package dev.rote.figures.building;

import dev.rote.v1.Cnn;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A trial, its defaults filled in, in plain words. */
final class TrialWords {
  private TrialWords() {}

  /** Data, corruption, model, recipe and regularisation, in this order. */
  static Map<String, String> of(TrialSpec trial) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Data", data(trial.getDataset()));
    words.put("Corruption", corruption(trial.getCorruption()));
    words.put("Model", model(trial.getModel()));
    words.put("Recipe", recipe(trial.getOptimizer(), trial.getTraining()));
    words.put("Regularisation", regularization(trial.getRegularization()));
    return words;
  }

  private static String data(DatasetSpec dataset) {
    StringBuilder text = new StringBuilder(dataset.getName());
    if (dataset.hasIdx()) {
      text.append(" (").append(dataset.getIdx().getTrainImages()).append(')');
    }
    text.append(": ").append(examples(dataset.getTrainSize())).append(" training and ");
    text.append(examples(dataset.getValidationSize())).append(" validation examples");
    if (dataset.getValidationSource() == DatasetSpec.ValidationSource.TEST) {
      text.append(" from the test file");
    }
    if (dataset.getPooling() > 1) {
      text.append(", pooled ").append(dataset.getPooling()).append(" to 1");
    }
    return text.toString();
  }

  /* Sizes that the files decide are not known before they are read. */
  private static String examples(int size) {
    return size == 0 ? "all" : Wording.grouped(Integer.toUnsignedLong(size));
  }

  private static String corruption(CorruptionSpec corruption) {
    List<String> parts = new ArrayList<>();
    if (corruption.hasInputs()) {
      parts.add(
          "inputs: "
              + word(corruption.getInputs().getRule())
              + at(corruption.getInputs().getLevel()));
    }
    if (corruption.hasLabels()) {
      parts.add(
          "labels: "
              + word(corruption.getLabels().getRule())
              + at(corruption.getLabels().getLevel()));
    }
    if (parts.isEmpty()) {
      return "none";
    }
    if (corruption.getCorruptValidation()) {
      parts.add("the validation split, too");
    }
    return String.join("; ", parts);
  }

  private static String word(Enum<?> name) {
    return name.name().replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String at(double level) {
    return " at level " + Wording.number(level);
  }

  private static String model(ModelSpec model) {
    String initialization =
        model.hasInitialization() ? ", initialised " + word(model.getInitialization()) : "";
    return switch (model.getArchitectureCase()) {
      case MLP ->
          (model.getMlp().getHiddenCount() == 0
                  ? "linear"
                  : "MLP with hidden layers of " + sizes(model.getMlp().getHiddenList()) + " units")
              + initialization;
      case CNN -> convolutional(model.getCnn()) + initialization;
      case GRAPH ->
          "graph of "
              + sizes(List.of(model.getGraph().getNodesCount()))
              + " nodes"
              + initialization;
      case ARCHITECTURE_NOT_SET -> "none";
    };
  }

  private static String convolutional(Cnn cnn) {
    return "CNN with convolutions of "
        + sizes(cnn.getFiltersList())
        + " filters of "
        + cnn.getKernel()
        + " x "
        + cnn.getKernel()
        + " and dense layers of "
        + sizes(cnn.getDenseList())
        + " units";
  }

  private static String sizes(List<Integer> sizes) {
    return sizes.stream()
        .map(size -> Wording.grouped(Integer.toUnsignedLong(size)))
        .collect(Collectors.joining(", "));
  }

  private static String recipe(OptimizerSpec optimizer, TrainingSpec training) {
    List<String> parts = new ArrayList<>();
    parts.add("SGD with learning rate " + Wording.number(optimizer.getLearningRate()));
    if (optimizer.getMomentum() > 0) {
      parts.add("momentum " + Wording.number(optimizer.getMomentum()));
    }
    if (optimizer.hasStepDecay()) {
      parts.add(
          "times "
              + Wording.number(optimizer.getStepDecay().getFactor())
              + " every "
              + optimizer.getStepDecay().getEveryEpochs()
              + " epochs");
    } else if (optimizer.hasCosineDecay()) {
      parts.add("cosine decay");
    }
    parts.add("batches of " + Wording.grouped(Integer.toUnsignedLong(training.getBatchSize())));
    if (training.getSampling() == TrainingSpec.Sampling.WITH_REPLACEMENT) {
      parts.add("drawn with replacement");
    }
    parts.add("at most " + Wording.grouped(training.getEpochs()) + " epochs");
    if (training.hasMaxSteps()) {
      parts.add("at most " + Wording.grouped(training.getMaxSteps()) + " steps");
    }
    if (training.hasStopAtAccuracy()) {
      parts.add("until training accuracy " + Wording.number(training.getStopAtAccuracy()));
    }
    return String.join(", ", parts);
  }

  private static String regularization(RegularizationSpec regularization) {
    List<String> parts = new ArrayList<>();
    add(parts, "dropout", regularization.getDropout());
    add(parts, "input dropout", regularization.getInputDropout());
    add(parts, "input noise", regularization.getInputNoise());
    add(parts, "hidden noise", regularization.getHiddenNoise());
    add(parts, "weight decay", regularization.getWeightDecay());
    if (regularization.hasAdversarial()) {
      add(parts, "adversarial weight", regularization.getAdversarial().getWeight());
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, double value) {
    if (value > 0) {
      parts.add(name + " " + Wording.number(value));
    }
  }
}
