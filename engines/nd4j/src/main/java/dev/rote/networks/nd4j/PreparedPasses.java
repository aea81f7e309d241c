package dev.rote.networks.nd4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Passes for the batch sizes met last: that of an epoch's batches and of its last one. */
final class PreparedPasses<P> {
  private static final int SIZES = 2;

  private final Map<Integer, P> passes = new LinkedHashMap<>(16, 0.75f, true);
  private final IntFunction<P> prepare;
  private final Consumer<P> close;

  /**
   * @param prepare a pass for a batch size
   * @param close frees one
   */
  PreparedPasses(IntFunction<P> prepare, Consumer<P> close) {
    this.prepare = prepare;
    this.close = close;
  }

  /** The pass for n examples. */
  P of(int n) {
    P pass = passes.get(n);
    if (pass == null) {
      if (passes.size() == SIZES) {
        Integer eldest = passes.keySet().iterator().next();
        close.accept(Objects.requireNonNull(passes.remove(eldest)));
      }
      pass = prepare.apply(n);
      passes.put(n, pass);
    }
    return pass;
  }

  /** Frees all. */
  void clear() {
    passes.values().forEach(close);
    passes.clear();
  }
}
