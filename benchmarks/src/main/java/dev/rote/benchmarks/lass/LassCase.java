package dev.rote.benchmarks.lass;

import dev.rote.benchmarks.step.StepCase;
import dev.rote.critical.SearchRule;
import java.util.List;

/**
 * A search around the inputs of a batch.
 *
 * @param step the network, and as its batch the examples
 * @param radius in grey levels; such that some of the examples are critical and others are not
 * @param iterations cap
 */
record LassCase(StepCase step, double radius, int iterations) {
  static final double ALPHA = 0.25;
  static final double BETA = 0.2;

  static final List<LassCase> ALL =
      List.of(
          new LassCase(StepCase.named("mlp 784-512-512-10").of(512), 1, 100),
          new LassCase(StepCase.named("the paper's cnn on 28x28x3").of(64), 0.3, 20));

  static LassCase named(String name) {
    return ALL.stream().filter(c -> c.step.name().equals(name)).findFirst().orElseThrow();
  }

  SearchRule rule(boolean noisy) {
    return new SearchRule(
        "lass",
        radius / SearchRule.GREY_LEVELS,
        ALPHA / SearchRule.GREY_LEVELS,
        noisy ? BETA / SearchRule.GREY_LEVELS : 0,
        iterations,
        false,
        0);
  }
}
