package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.cli.CommandLineRun.Machine;
import dev.rote.cli.progress.Terminal;
import dev.rote.figures.report.FigureTable;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listings as people and scripts see them. */
final class ListingsTest {
  private final SweepsInMemory sweeps = new SweepsInMemory();
  private final FakeServices services = new FakeServices(sweeps);

  @AfterEach
  void stop() {
    services.close();
  }

  private CommandLineRun onColumns(int columns, String... args) {
    return CommandLineRun.of(
        services.addresses(),
        true,
        Terminal.NONE,
        Map.of(),
        Path.of("home"),
        new Machine(new Terminal(true, () -> columns), Optional.empty()),
        args);
  }

  @Test
  void list_narrowTerminal_writesParagraphsThatFit() {
    String wide = onColumns(200, "list").out();
    String narrow = onColumns(40, "list").out();

    assertThat(wide.lines().findFirst())
        .hasValueSatisfying(l -> assertThat(l).contains("NAME  ID"));
    assertThat(narrow.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(41));
    assertThat(narrow).startsWith("name demo\n  id demo-0a1b2c3d,").contains("trials 20, done 9,");
    assertThat(narrow.lines().filter("name demo"::equals)).as("two pages").hasSize(2);
    assertThat(onColumns(40, "list", "-o", "csv").out())
        .isEqualTo(CommandLineRun.of(services, "list", "-o", "csv").out());
  }

  @Test
  void trials_axisNamedAsAColumn_standsApartFromIt() {
    sweeps.axis = "state";

    assertThat(CommandLineRun.of(services, "trials", "demo", "-o", "csv").out().lines())
        .startsWith("index,axis_state,repetition,state,outcome,epochs,trial")
        .contains("0,real,0,done,diverged,5,aaaa");
  }

  @Test
  void resultsSeries_csv_isTheTableOfTheReport() {
    Series line =
        Series.newBuilder()
            .setName("real, accuracy")
            .setLabel("real")
            .addX(2)
            .addY(0.75)
            .addLow(0.5)
            .addHigh(Double.NaN)
            .addRepetitions(3)
            .addDiverged(1)
            .build();
    Figure figure =
        Figure.newBuilder()
            .setName("fig7")
            .addPanels(Panel.newBuilder().addMetrics("accuracy").addSeries(line))
            .build();
    sweeps.report = Optional.of(Report.newBuilder().addFigures(figure).build());

    assertThat(CommandLineRun.of(services, "results", "demo", "--series", "-o", "csv").out())
        .isEqualTo(FigureTable.csv(figure).replace("\r\n", "\n"))
        .contains("fig7,1,real,accuracy,2,0.75,0.5,,3,1");
    assertThat(CommandLineRun.of(services, "results", "demo", "--series").out())
        .containsPattern("accuracy +2 +0.75 +0.5 +- +3 +1\n");
  }

  @Test
  void results_undecidedClaim_hasNoStatistic() {
    Verdict open =
        Verdict.newBuilder()
            .setClaim("all is well")
            .setStatistic(Double.NaN)
            .setComparison("above")
            .setUndecided("there is no result")
            .build();
    sweeps.report =
        Optional.of(
            Report.newBuilder()
                .addFigures(Figure.newBuilder().setName("fig7").addVerdicts(open))
                .build());

    assertThat(CommandLineRun.of(services, "results", "demo").out())
        .containsPattern("fig7 +undecided +- +above")
        .doesNotContain("NaN");
    assertThat(CommandLineRun.of(services, "results", "demo", "-o", "csv").out())
        .contains("fig7,undecided,,above,0.0,all is well,there is no result");
  }
}
