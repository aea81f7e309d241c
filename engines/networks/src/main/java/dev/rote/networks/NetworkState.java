package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ParameterShape;
import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.recipes.Optimizer;
import dev.rote.recipes.Slot;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the state of a network consists of, in the order of checkpoints: the values of all
 * parameters, then, slot by slot, what the optimiser keeps of those that are trained.
 *
 * @param parameters of the blueprint
 * @param entries one for each tensor
 */
public record NetworkState(List<ParameterShape> parameters, List<Entry> entries) {

  /**
   * A tensor.
   *
   * @param parameter its number among {@link #parameters()}
   * @param slot number of the optimiser's slot that it holds of it, -1 for the parameter itself
   * @param tensor name and shape
   */
  public record Entry(int parameter, int slot, Tensor tensor) {
    private static final int VALUE = -1;

    /** Whether it holds the parameter itself. */
    public boolean isValue() {
      return slot == VALUE;
    }

    /** Number of values. */
    public int length() {
      return tensor.getShapeList().stream().reduce(1, Math::multiplyExact);
    }
  }

  public NetworkState {
    parameters = List.copyOf(parameters);
    entries = List.copyOf(entries);
  }

  /** The state of a network that nothing trains: its parameters. */
  public static NetworkState of(Blueprint blueprint) {
    return of(blueprint.parameters(), List.of());
  }

  /** The state of a network that such an optimiser trains. */
  public static NetworkState of(Blueprint blueprint, Optimizer optimizer) {
    return of(blueprint.parameters(), optimizer.slots());
  }

  private static NetworkState of(List<ParameterShape> parameters, List<Slot> slots) {
    List<Entry> entries = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      entries.add(new Entry(p, Entry.VALUE, tensor(parameters.get(p).name(), parameters.get(p))));
    }
    for (int s = 0; s < slots.size(); s++) {
      for (int p = 0; p < parameters.size(); p++) {
        ParameterShape shape = parameters.get(p);
        if (shape.role().trained()) {
          entries.add(new Entry(p, s, tensor(slots.get(s).of(shape.name()), shape)));
        }
      }
    }
    return new NetworkState(parameters, entries);
  }

  private static Tensor tensor(String name, ParameterShape shape) {
    return Tensor.newBuilder().setName(name).addAllShape(shape.sizes()).build();
  }

  /** Names and shapes of all tensors. */
  public List<Tensor> tensors() {
    return entries.stream().map(Entry::tensor).toList();
  }

  /** Number of trainable parameters, P. */
  public long trainable() {
    return trained().stream().mapToLong(p -> parameters.get(p).length()).sum();
  }

  /** Numbers of the parameters that are trained, in order. */
  public List<Integer> trained() {
    List<Integer> trained = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      if (parameters.get(p).role().trained()) {
        trained.add(p);
      }
    }
    return trained;
  }

  /** Whether tensors are those of a checkpoint of such a network, whatever its optimiser. */
  public boolean isStored(List<Tensor> tensors) {
    return Optimizer.ofAll().stream()
        .anyMatch(slots -> tensors.equals(of(parameters, slots).tensors()));
  }

  /** Takes the value that a parameter starts with. */
  public interface Start {
    /**
     * Called for each.
     *
     * @param parameter its number
     * @param values of the parameter, row-major
     */
    void write(int parameter, float[] values);
  }

  /**
   * Draws weights and, where the initialisation says so, biases, {@link Initializer}; puts all
   * other parameters where they start. Statistics of inputs do not count in the address of a draw:
   * a network that normalises starts at the weights of one that does not.
   */
  public void start(long seed, ModelSpec.Initialization initialization, Start start) {
    int ofInputs = (int) parameters.stream().filter(shape -> shape.role().ofInputs()).count();
    long[] fans = {1, 1};
    for (int p = 0; p < parameters.size(); p++) {
      ParameterShape shape = parameters.get(p);
      float[] values = new float[shape.length()];
      if (shape.role() == Role.WEIGHTS) {
        fans = shape.fans();
        Initializer.draw(seed, initialization, p - ofInputs, fans, values);
      } else if (shape.role() == Role.BIASES && Initializer.drawsBiases(initialization)) {
        Initializer.draw(seed, initialization, p - ofInputs, fans, values);
      } else {
        Arrays.fill(values, shape.role().start());
      }
      start.write(p, values);
    }
  }
}
