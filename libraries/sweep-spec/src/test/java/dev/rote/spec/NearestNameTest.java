package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("fig1", "fig10", "fig11", "sharpness");

  @Test
  void of_misspelt_isTheNearest() {
    assertThat(NearestName.of("fig01", NAMES)).hasValue("fig1");
    assertThat(NearestName.of("FIG11", NAMES)).hasValue("fig11");
    assertThat(NearestName.of("sharpnes", NAMES)).hasValue("sharpness");
  }

  @Test
  void of_somethingElse_isNone() {
    assertThat(NearestName.of("dropout", NAMES)).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
  }
}
