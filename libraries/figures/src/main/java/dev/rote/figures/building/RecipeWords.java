package dev.rote.figures.building;

import dev.rote.v1.LossSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.Warmup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Optimiser, schedule and loss in words, as the table of a trial has them. */
final class RecipeWords {
  private RecipeWords() {}

  /** The optimiser with its rate, and the schedule. */
  static List<Phrase> of(OptimizerSpec optimizer) {
    List<Phrase> phrases = new ArrayList<>();
    phrases.add(Phrase.of("optimiser", "", name(optimizer), ""));
    phrases.add(
        Phrase.of("rate", "with learning rate ", number(optimizer.getLearningRate()), "")
            .ledBy(" "));
    if (optimizer.getMomentum() > 0) {
      String momentum = optimizer.getNesterov() ? "Nesterov momentum " : "momentum ";
      phrases.add(Phrase.of("momentum", momentum, number(optimizer.getMomentum()), ""));
    }
    if (optimizer.hasAdamw()) {
      String decay = number(optimizer.getAdamw().getWeightDecay());
      phrases.add(Phrase.of("decoupled decay", "decoupled weight decay ", decay, ""));
    }
    if (optimizer.getDecayTouches() == OptimizerSpec.DecayTouches.ALL) {
      phrases.add(Phrase.of("decayed", "decay of ", "all parameters", "").orElse("weights alone"));
    }
    if (optimizer.hasClipNorm()) {
      String norm = number(optimizer.getClipNorm());
      phrases.add(Phrase.of("clip norm", "gradients clipped at norm ", norm, ""));
    }
    if (optimizer.hasWarmup()) {
      phrases.add(Phrase.of("warm-up", "warm-up ", warmup(optimizer.getWarmup()), ""));
    }
    String schedule = schedule(optimizer);
    if (!schedule.isEmpty()) {
      phrases.add(Phrase.of("decay", "", schedule, "").orElse("a constant rate"));
    }
    return phrases;
  }

  private static String name(OptimizerSpec optimizer) {
    return switch (optimizer.getKindCase()) {
      case KIND_NOT_SET -> "SGD";
      case ADAM -> "Adam" + betas(optimizer.getAdam().getBeta1(), optimizer.getAdam().getBeta2());
      case ADAMW ->
          "AdamW" + betas(optimizer.getAdamw().getBeta1(), optimizer.getAdamw().getBeta2());
    };
  }

  private static String betas(double beta1, double beta2) {
    return " (betas " + number(beta1) + " and " + number(beta2) + ")";
  }

  private static String warmup(Warmup warmup) {
    return "over "
        + (warmup.hasSteps() ? warmup.getSteps() + " steps" : warmup.getEpochs() + " epochs")
        + " from "
        + number(warmup.getStartFactor())
        + " of the rate";
  }

  private static String schedule(OptimizerSpec optimizer) {
    return switch (optimizer.getScheduleCase()) {
      case SCHEDULE_NOT_SET -> "";
      case STEP_DECAY ->
          "times "
              + number(optimizer.getStepDecay().getFactor())
              + " every "
              + optimizer.getStepDecay().getEveryEpochs()
              + " epochs";
      case COSINE_DECAY -> {
        double least = optimizer.getCosineDecay().getEtaMin();
        yield "cosine decay" + (least == 0 ? "" : " to " + number(least));
      }
      case MILESTONES ->
          "times "
              + number(optimizer.getMilestones().getGamma())
              + " after epochs "
              + String.join(
                  ", ",
                  optimizer.getMilestones().getMilestonesList().stream()
                      .map(String::valueOf)
                      .toList());
      case COSINE_RESTARTS ->
          "cosine decay with restarts, the first after "
              + optimizer.getCosineRestarts().getT0()
              + " epochs, each "
              + optimizer.getCosineRestarts().getTMult()
              + " times as long";
      case TRIANGLE ->
          "in triangles from " + number(optimizer.getTriangle().getBaseLr()) + " step by step";
      case ONE_CYCLE -> "in one cycle";
    };
  }

  /** What is descended, if it is not plain cross-entropy. */
  static Optional<Phrase> of(LossSpec loss) {
    String words = words(loss);
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(Phrase.of("loss", "", words, "").orElse("cross-entropy"));
  }

  private static String words(LossSpec loss) {
    return switch (loss.getKindCase()) {
      case KIND_NOT_SET -> "";
      case CROSS_ENTROPY ->
          "labels smoothed by " + number(loss.getCrossEntropy().getLabelSmoothing());
      case SQUARED_ERROR ->
          "squared error of "
              + (loss.getSquaredError().getOf() == LossSpec.SquaredError.Of.LOGITS
                  ? "logits"
                  : "probabilities");
      case SHIFTED_LOG -> "loss -log(0.1 + p) / K";
    };
  }

  private static String number(double value) {
    return Wording.number(value);
  }
}
