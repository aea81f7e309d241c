package dev.rote.recipes;

import dev.rote.v1.OptimizerSpec;
import java.util.List;

/**
 * The rule by which parameters follow their gradients. It names what it keeps of each parameter;
 * engines hold it, checkpoints store it.
 *
 * <p>Formulas are PyTorch's of the same names. They are computed in float64, value by value, and
 * stored as float32.
 */
public sealed interface Optimizer permits Sgd, Adam, AdamW {

  /** The optimiser of a trial's specification, all defaults filled in. */
  static Optimizer of(OptimizerSpec spec) {
    return switch (spec.getKindCase()) {
      case KIND_NOT_SET -> new Sgd(spec.getMomentum() != 0, spec.getNesterov());
      case ADAM -> new Adam(spec.getAdam().getBeta2(), spec.getAdam().getEps());
      case ADAMW ->
          new AdamW(
              spec.getAdamw().getBeta2(),
              spec.getAdamw().getEps(),
              spec.getAdamw().getWeightDecay());
    };
  }

  /** What the optimisers that there are keep, each in the order of checkpoints. */
  static List<List<Slot>> ofAll() {
    return List.of(List.of(), new Sgd(true, false).slots(), Adam.SLOTS);
  }

  /** What is kept of each trained parameter, in the order of checkpoints. */
  List<Slot> slots();

  /**
   * Whether a step is {@code v = momentum v + g + decay w; w = w - rate v} of one parameter at a
   * time: then engines may update while they form gradients.
   */
  boolean fusible();

  /**
   * Coefficient of the weight decay.
   *
   * @param l2 coefficient of 1/2 ||w||² in the loss, as the regularisation states it
   */
  default double decay(double l2) {
    return l2;
  }

  /**
   * One update of a parameter.
   *
   * @param value w, written
   * @param slots in the order of {@link #slots}, each as long as the value, written
   * @param gradient g of the mean loss, without any decay
   * @param length of each
   */
  void update(float[] value, List<float[]> slots, float[] gradient, int length, Move move);

  /**
   * The numbers of a step for one parameter.
   *
   * @param rate learning rate
   * @param momentum of SGD, or Adam's beta1
   * @param decay coefficient of the weight decay, 0 where it does not touch the parameter
   * @param step number of the step from 0
   */
  record Move(double rate, double momentum, double decay, long step) {}
}
