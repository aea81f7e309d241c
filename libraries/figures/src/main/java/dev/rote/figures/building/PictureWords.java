package dev.rote.figures.building;

import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of pictures before a network sees them, in plain words. */
final class PictureWords {
  private PictureWords() {}

  static List<Phrase> augmentation(AugmentationSpec augmentation) {
    List<Phrase> phrases = new ArrayList<>();
    if (augmentation.hasPadAndCrop()) {
      String padding = Wording.grouped(augmentation.getPadAndCrop().getPadding());
      phrases.add(Phrase.of("padding", "padded by ", padding, " and cropped"));
    }
    if (augmentation.hasHorizontalFlip()) {
      phrases.add(Phrase.of("flip", "", "flipped left to right", "").orElse("not flipped"));
    }
    if (augmentation.hasCutout()) {
      String side = Wording.grouped(augmentation.getCutout().getSize());
      phrases.add(Phrase.of("cutout", "cutout ", side + " x " + side, ""));
    }
    if (augmentation.hasMixup()) {
      String alpha = Wording.number(augmentation.getMixup().getAlpha());
      phrases.add(Phrase.of("mixup", "mixup of alpha ", alpha, ""));
    }
    return phrases;
  }

  static List<Phrase> normalization(ModelSpec model) {
    InputNormalization.Constants constants = model.getNormalization().getConstants();
    String by =
        switch (model.getNormalization().getStatisticsCase()) {
          case OF_TRAINING_SPLIT -> "the training split";
          case CONSTANTS ->
              "mean "
                  + numbers(constants.getMeanList())
                  + " and deviation "
                  + numbers(constants.getDeviationList());
          case STATISTICS_NOT_SET -> "";
        };
    return by.isEmpty()
        ? List.of()
        : List.of(Phrase.of("normalization", "inputs normalised by ", by, "").orElse("nothing"));
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Wording::number).collect(Collectors.joining(", "));
  }
}
