package dev.rote.figures.building;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.figures.study.SyntheticStudy;
import dev.rote.v1.LabelPlace;
import dev.rote.v1.Metric;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.SweepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelPlacesTest {
  private static Report report(String axis, List<String> all, List<List<String>> figures) {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    spec.addAxesBuilder().setName(axis);
    for (int f = 0; f < figures.size(); f++) {
      spec.addFiguresBuilder()
          .setName("f" + f)
          .addPanelsBuilder()
          .addAllLabels(figures.get(f))
          .getCurvesBuilder()
          .addMetricsBuilder()
          .setKind(Metric.Kind.TRAIN_ACCURACY);
    }
    SyntheticStudy study = SyntheticStudy.of(spec.build());
    for (String label : all) {
      study.add(
          Map.of(axis, label),
          0,
          SyntheticStudy.trial(label, new double[] {0.5}, new double[] {0.5}),
          Map.of());
    }
    return ReportBuilder.build("f-0", study, Provenance.getDefaultInstance());
  }

  /** Places by label, in all figures; fails where a label has two. */
  private static Map<String, LabelPlace> places(Report report) {
    Map<String, LabelPlace> places = new HashMap<>();
    report.getFiguresList().stream()
        .flatMap(figure -> figure.getPanelsList().stream())
        .flatMap(panel -> panel.getSeriesList().stream())
        .forEach(
            (Series series) -> {
              LabelPlace before = places.put(series.getLabel(), series.getPlace());
              assertThat(before == null || before.equals(series.getPlace()))
                  .as(series.getLabel())
                  .isTrue();
            });
    return places;
  }

  @Test
  void shouldGiveALabelOnePlaceInAllFigures() {
    List<String> all = List.of("0.8", "0.2", "0.4", "0.6", "1");
    Map<String, LabelPlace> places =
        places(report("level", all, List.of(List.of("0.8", "0.2"), List.of("0.4", "0.6", "0.8"))));
    assertThat(places.get("0.2"))
        .isEqualTo(
            LabelPlace.newBuilder()
                .setAxis("level")
                .setPosition(0)
                .setCount(4)
                .setOrdered(true)
                .build());
    assertThat(places.get("0.8")).extracting(LabelPlace::getPosition).isEqualTo(3);
    assertThat(places).doesNotContainKey("1");
  }

  @Test
  void shouldKeepNamesInTheOrderOfTheAxis() {
    Map<String, LabelPlace> places =
        places(
            report(
                "data",
                List.of("real", "randX", "randY"),
                List.of(List.of("randY"), List.of("randX", "real"))));
    assertThat(places.get("real")).extracting(LabelPlace::getPosition).isEqualTo(0);
    assertThat(places.get("randY")).extracting(LabelPlace::getPosition).isEqualTo(2);
    assertThat(places.get("randY")).extracting(LabelPlace::getOrdered).isEqualTo(false);
  }
}
