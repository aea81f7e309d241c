package dev.rote.blueprint;

import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may be written in a {@link ModelSpec}: defaults, bounds, and the nodes that it stands for.
 */
public final class Models {
  /** Every way of writing a model; a new one is added here. */
  private static final List<Lowering> ALL =
      List.of(
          new MlpLowering(),
          new CnnLowering(),
          new ResnetLowering(),
          new PlainCnnLowering(),
          new VggLowering(),
          new AlexnetSmallLowering(),
          new InceptionSmallLowering(),
          new GraphLowering());

  private Models() {}

  /**
   * Fills in the defaults of the architecture; accepts what is not valid yet.
   *
   * @param shape of one example; all zero where only the files tell
   */
  public static void fill(ModelSpec.Builder model, Shape shape) {
    find(model.getArchitectureCase()).ifPresent(lowering -> lowering.fill(model, shape));
  }

  /**
   * Says all that is wrong with a model, and with it on its data.
   *
   * @param model all defaults filled in
   * @param shape of one example; all zero where only the files tell
   * @param classes number of classes; 0 where only the files tell
   */
  public static void check(ModelSpec model, Shape shape, int classes, Complaints complaints) {
    Optional<Lowering> lowering = find(model.getArchitectureCase());
    if (lowering.isEmpty()) {
      complaints.violate("", "must have " + names() + "; none is written");
      return;
    }
    int[] faults = {0};
    Complaints counted =
        (field, message) -> {
          faults[0]++;
          complaints.violate(field, message);
        };
    lowering.get().check(model, counted);
    InputNormalizing.check(model, shape.getChannels(), counted);
    if (faults[0] > 0 || shape.getHeight() == 0) {
      return;
    }
    try {
      Blueprint blueprint =
          classes == 0 ? Blueprint.shaped(model, shape, 1) : Blueprint.of(model, shape, classes);
      blueprint.trainable();
    } catch (IllegalArgumentException e) {
      complaints.violate(word(lowering.get()), String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      complaints.violate(
          word(lowering.get()), "has a layer of more than 2^31 values: make it narrower");
    }
  }

  /**
   * Why a model cannot do something, whatever its data; empty if it can, or is no model yet.
   *
   * @param model all defaults filled in
   */
  public static Optional<String> lacking(ModelSpec model, Ability ability) {
    if (find(model.getArchitectureCase()).isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(List.of(Nodes.INPUT));
    List<Op> ops = new ArrayList<>(List.of(new Input(Extent.units(1))));
    for (Nodes.Draft draft : drafts(model, 1)) {
      names.add(draft.name());
      ops.add(draft.op());
    }
    return ability.lackingIn(names, ops);
  }

  /**
   * Whether a model normalises batches; false if it is no model yet.
   *
   * @param model all defaults filled in
   */
  public static boolean normalizesBatches(ModelSpec model) {
    return find(model.getArchitectureCase()).isPresent()
        && drafts(model, 1).stream().anyMatch(draft -> draft.op() instanceof BatchNorm);
  }

  /**
   * Names of the nodes after what enters the network, in their order; empty if it is no model yet.
   *
   * @param model all defaults filled in
   */
  public static List<String> hidden(ModelSpec model) {
    return find(model.getArchitectureCase()).isEmpty()
        ? List.of()
        : drafts(model, 1).stream()
            .filter(draft -> !(draft.op() instanceof Crop) && !(draft.op() instanceof Normalize))
            .map(Nodes.Draft::name)
            .toList();
  }

  /**
   * Name of the node that the last one reads; empty where that is what enters the network, or if it
   * is no model yet.
   *
   * @param model all defaults filled in
   */
  public static Optional<String> lastHidden(ModelSpec model) {
    List<String> hidden = hidden(model);
    if (hidden.isEmpty()) {
      return Optional.empty();
    }
    List<Nodes.Draft> drafts = drafts(model, 1);
    return drafts.get(drafts.size() - 1).inputs().stream().filter(hidden::contains).findFirst();
  }

  /**
   * A model in plain words, such as {@code MLP with hidden layers of 64, 64 units}; {@code none} if
   * it is no model yet.
   *
   * @param model all defaults filled in
   */
  public static String words(ModelSpec model) {
    return find(model.getArchitectureCase()).map(lowering -> lowering.words(model)).orElse("none");
  }

  /**
   * The nodes of a model.
   *
   * @throws IllegalArgumentException if it names no architecture
   */
  static List<Nodes.Draft> drafts(ModelSpec model, int classes) {
    Nodes nodes = new Nodes();
    find(model.getArchitectureCase())
        .orElseThrow(() -> new IllegalArgumentException("model must have " + names()))
        .lower(model, classes, nodes);
    return InputNormalizing.before(nodes.all(), model);
  }

  private static Optional<Lowering> find(ModelSpec.ArchitectureCase field) {
    return ALL.stream().filter(lowering -> lowering.field() == field).findFirst();
  }

  private static String names() {
    List<String> words = ALL.stream().map(Models::word).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String word(Lowering lowering) {
    return ModelSpec.getDescriptor().findFieldByNumber(lowering.field().getNumber()).getJsonName();
  }
}
