package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.SweepValidator;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every figure of the paper is there, at both sizes, and judged. */
class PaperSweepsTest {
  static List<String> sweeps() {
    return PaperSweeps.names();
  }

  @Test
  void names_everyFigure_hasBothSizes() {
    List<String> names = PaperSweeps.names();
    TreeSet<String> both = new TreeSet<>();
    for (String name : names) {
      String figure = name.replaceFirst(PaperSweeps.SMALL + "$", "");
      both.addAll(List.of(figure, figure + PaperSweeps.SMALL));
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(both);
    for (int figure = 1; figure <= 11; figure++) {
      assertThat(names).contains("fig" + figure);
    }
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void sweep_file_isSoundAndJudgesEachFigure(String name) throws IOException {
    Sweep sweep = PaperSweeps.read(name);
    SweepValidator.check(sweep);
    assertThat(sweep.getMetadata().getName()).isEqualTo(name);
    assertThat(sweep.getSpec().getDescription()).isNotBlank();
    assertThat(sweep.getSpec().getFiguresList()).isNotEmpty();
    for (FigureSpec figure : sweep.getSpec().getFiguresList()) {
      assertThat(Stream.of(figure.getTitle(), figure.getPaper()))
          .as(figure.getName())
          .allSatisfy(text -> assertThat(text).isNotBlank());
      assertThat(figure.getClaimsList()).as(figure.getName()).isNotEmpty();
    }
  }
}
