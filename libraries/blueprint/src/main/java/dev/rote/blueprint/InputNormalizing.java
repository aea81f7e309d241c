package dev.rote.blueprint;

import dev.rote.v1.InputNormalization;
import dev.rote.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/** The normalisation of what enters a network, whatever its architecture. */
final class InputNormalizing {
  /** Name of its node, and what the names of its parameters begin with. */
  static final String NODE = "normalization";

  private static final double LEAST_DEVIATION = 1e-6;
  private static final double LARGEST_DEVIATION = 1000;

  private InputNormalizing() {}

  /**
   * Checks the normalisation of a model.
   *
   * @param channels of the data; 0 where only the files tell
   */
  static void check(ModelSpec model, int channels, Complaints complaints) {
    if (!model.hasNormalization()) {
      return;
    }
    InputNormalization normalization = model.getNormalization();
    switch (normalization.getStatisticsCase()) {
      case STATISTICS_NOT_SET ->
          complaints.violate(
              NODE, "must have constants or ofTrainingSplit, such as ofTrainingSplit: {}");
      case CONSTANTS -> {
        InputNormalization.Constants constants = normalization.getConstants();
        Complaints below =
            (field, message) -> complaints.violate(NODE + ".constants." + field, message);
        check("mean", constants.getMeanList(), 0, 1, channels, below);
        check(
            "deviation",
            constants.getDeviationList(),
            LEAST_DEVIATION,
            LARGEST_DEVIATION,
            channels,
            below);
      }
      case OF_TRAINING_SPLIT -> {
        /* Has no fields. */
      }
    }
  }

  private static void check(
      String field,
      List<Double> values,
      double low,
      double high,
      int channels,
      Complaints complaints) {
    boolean fits = values.size() == 1 || channels == 0 || values.size() == channels;
    if (values.isEmpty() || !fits) {
      complaints.violate(
          field,
          "must have one value for all channels, or one for each"
              + (channels == 0 ? "" : " of the image's " + channels)
              + ", had "
              + values.size());
    }
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!(value >= low && value <= high)) {
        complaints.violate(
            field + "[" + i + "]",
            "must be in ["
                + words(low)
                + ", "
                + words(high)
                + "], in units of the [0, 1] input, was "
                + words(value));
      }
    }
  }

  private static String words(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /**
   * The nodes with the normalisation, if there is any, before all but a crop.
   *
   * @param drafts of the architecture
   */
  static List<Nodes.Draft> before(List<Nodes.Draft> drafts, ModelSpec model) {
    if (!model.hasNormalization()) {
      return drafts;
    }
    boolean crops = !drafts.isEmpty() && drafts.get(0).op() instanceof Crop;
    String entry = crops ? drafts.get(0).name() : Nodes.INPUT;
    List<Nodes.Draft> all = new ArrayList<>(drafts.subList(0, crops ? 1 : 0));
    InputNormalization.Constants constants = model.getNormalization().getConstants();
    all.add(
        new Nodes.Draft(
            NODE,
            NODE,
            new Normalize(constants.getMeanList(), constants.getDeviationList()),
            List.of(entry)));
    for (Nodes.Draft draft : drafts.subList(crops ? 1 : 0, drafts.size())) {
      List<String> inputs =
          draft.inputs().stream().map(input -> input.equals(entry) ? NODE : input).toList();
      all.add(new Nodes.Draft(draft.name(), draft.scope(), draft.op(), inputs));
    }
    return all;
  }
}
