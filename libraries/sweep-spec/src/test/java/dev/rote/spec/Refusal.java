package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rote.v1.Sweep;
import java.util.function.Consumer;

/** What the door must say of a sweep that it refuses. */
final class Refusal {
  private Refusal() {}

  /**
   * Expects a violation.
   *
   * @param path of the field
   * @param message the beginning of the sentence
   */
  static void expect(Sweep sweep, String path, String message) {
    check(sweep, path, said -> assertThat(said).startsWith(message));
  }

  /**
   * Expects a violation.
   *
   * @param path of the field
   * @param part of the sentence
   */
  static void expectPart(Sweep sweep, String path, String part) {
    check(sweep, path, said -> assertThat(said).contains(part));
  }

  private static void check(Sweep sweep, String path, Consumer<String> sentence) {
    assertThatThrownBy(() -> SweepValidator.check(sweep))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused ->
                assertThat(refused.violations())
                    .anySatisfy(
                        violation -> {
                          assertThat(violation.path()).isEqualTo(path);
                          sentence.accept(violation.message());
                        }));
  }
}
