package dev.rote.figures.drawing;

import com.google.protobuf.ByteString;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.List;

/** Figures of every kind of panel, made from formulas. */
final class SampleFigures {
  private static final int[] WIDTHS = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
  private static final String[] REGULARIZERS = {
    "dropout",
    "input dropout",
    "input Gaussian noise",
    "hidden Gaussian noise",
    "weight decay",
    "dropout + adversarial weight 0.2",
    "dropout + adversarial weight 0.3",
    "dropout + adversarial weight 0.4",
    "dropout + adversarial weight 0.5",
    "dropout + adversarial weight 0.6",
    "dropout + adversarial weight 0.7",
    "a name that has exactly forty characters"
  };

  private SampleFigures() {}

  static List<Figure> all() {
    return List.of(profiles(), convergence(), classMatrices(), filters(), tradeoff(), mixed());
  }

  private static Series.Builder line(Panel.Builder panel, String label) {
    return panel.addSeriesBuilder().setName(label).setLabel(label);
  }

  private static void point(Series.Builder series, double x, double y, double half) {
    series.addX(x).addY(y).addLow(y - half).addHigh(y + half).addRepetitions(3);
  }

  /** Best validation accuracy against the width, for levels of noise. */
  static Figure profiles() {
    Figure.Builder figure =
        Figure.newBuilder().setName("profiles").setTitle("Capacity and validation performance");
    for (String kind : new String[] {"noise inputs", "noise labels"}) {
      Panel.Builder panel =
          figure
              .addPanelsBuilder()
              .setTitle(kind)
              .setXLabel("width")
              .setYLabel("largest validation accuracy")
              .setLogX(true)
              .addMetrics("largest validation accuracy");
      for (int level = 0; level <= 80; level += 20) {
        Series.Builder series = line(panel, level + " %");
        for (int width : WIDTHS) {
          double best = 0.98 - 0.004 * level;
          point(series, width, best - (0.2 + 0.005 * level) * 8 / width, 0.01);
        }
      }
    }
    return figure.build();
  }

  /** Epochs to convergence, some of them not reached. */
  static Figure convergence() {
    Figure.Builder figure =
        Figure.newBuilder().setName("convergence").setTitle("Time to convergence");
    for (int p = 0; p < 2; p++) {
      Panel.Builder panel =
          figure
              .addPanelsBuilder()
              .setTitle(p == 0 ? "against the width" : "against the number of examples")
              .setXLabel(p == 0 ? "width" : "examples")
              .setYLabel("epochs to training accuracy 1")
              .setLogX(p == 0)
              .setLogY(true)
              .addMetrics("epochs to training accuracy 1");
      for (int level = 0; level < 4; level++) {
        Series.Builder series = line(panel, "inputs " + 25 * level + " %");
        for (int i = 0; i < 6; i++) {
          double x = p == 0 ? 64 << i : 10_000 * (i + 1);
          double epochs =
              p == 0 ? 20 + 4000.0 * (level + 1) / x : 10 + StrictMath.pow(x, 0.2 + 0.15 * level);
          boolean censored = epochs > 100;
          point(series, x, censored ? 100 : epochs, censored ? 0 : 3 + 2 * level);
          series.addCensored(censored ? 3 : 0);
        }
      }
    }
    return figure.build();
  }

  static HeatMap.Builder matrix(int classes, double diagonal, double spread) {
    CounterRandom random = CounterRandom.of(5, "matrix");
    HeatMap.Builder map = HeatMap.newBuilder().setRepetitions(3);
    for (int i = 0; i < classes; i++) {
      map.addRows(Integer.toString(i)).addColumns(Integer.toString(i));
      for (int j = 0; j < classes; j++) {
        map.addValues((i == j ? diagonal : spread) * StrictMath.exp(0.4 * random.gaussian(i, j)));
      }
    }
    return map;
  }

  private static Panel heatMap(String title, HeatMap.Builder map) {
    return Panel.newBuilder()
        .setTitle(title)
        .setXLabel("examples of class")
        .setYLabel("loss of class")
        .addMetrics("mean loss-sensitivity")
        .setHeatMap(map)
        .build();
  }

  /** Ten classes, and a hundred of which one pair has no value. */
  static Figure classMatrices() {
    return Figure.newBuilder()
        .setName("class-matrices")
        .setTitle("Loss-sensitivity per class")
        .addPanels(heatMap("real inputs", matrix(10, 3e-3, 4e-4)))
        .addPanels(heatMap("random inputs", matrix(10, 2e-3, 2e-5)))
        .addPanels(heatMap("a hundred classes", matrix(100, 1e-3, 1e-4).setValues(7, 0)))
        .build();
  }

  static ImageGrid.Builder images(int count, int side, int channels, int columns) {
    CounterRandom random = CounterRandom.of(9, "filters");
    byte[] pixels = new byte[count * side * side * channels];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (side * side * channels);
      int column = i / channels % side;
      int row = i / channels / side % side;
      double wave = StrictMath.sin(image + column * 1.2 * (image % 3) + row * 0.9 * (image % 5));
      pixels[i] = (byte) (int) (127 + 90 * wave + 20 * random.uniform(i, i % channels));
    }
    return ImageGrid.newBuilder()
        .setColumns(columns)
        .setHeight(side)
        .setWidth(side)
        .setChannels(channels)
        .setPixels(ByteString.copyFrom(pixels));
  }

  static Figure filters() {
    return Figure.newBuilder()
        .setName("filters")
        .setTitle("First-layer filters")
        .addPanels(Panel.newBuilder().setTitle("real").setImages(images(64, 5, 3, 8)))
        .addPanels(Panel.newBuilder().setTitle("random labels").setImages(images(60, 5, 3, 16)))
        .addPanels(Panel.newBuilder().setTitle("an MLP").setImages(images(30, 28, 1, 6)))
        .build();
  }

  /** Twelve families with intervals in both directions. */
  static Figure tradeoff() {
    Figure.Builder figure =
        Figure.newBuilder().setName("tradeoff").setTitle("Regularisers: memorization against use");
    Panel.Builder panel =
        figure
            .addPanelsBuilder()
            .setXLabel("final training accuracy (data = randY)")
            .setYLabel("largest validation accuracy (data = real)")
            .addMetrics("largest validation accuracy (data = real)");
    for (int f = 0; f < REGULARIZERS.length; f++) {
      Series.Builder series = line(panel, REGULARIZERS[f]);
      for (int i = 0; i < 5; i++) {
        double x = 1 - 0.2 * i * (1 - 0.05 * f);
        double y = 0.78 - 0.01 * i * i * (1 + 0.2 * f);
        point(series, x, y, 0.015);
        series.addXLow(x - 0.03).addXHigh(Math.min(1, x + 0.03));
      }
    }
    return figure.build();
  }

  /** Six panels of different kinds, one of them without data. */
  static Figure mixed() {
    Figure.Builder figure =
        Figure.newBuilder().setName("mixed").setTitle("Panels of several kinds");
    figure.addPanels(profiles().getPanels(0));
    figure.addPanels(heatMap("classes", matrix(10, 2, 1.1)));
    figure.addPanels(Panel.newBuilder().setTitle("filters").setImages(images(64, 5, 1, 8)));
    figure.addPanels(tradeoff().getPanels(0).toBuilder().setTitle("x".repeat(70)));
    figure.addPanels(heatMap("nothing", HeatMap.newBuilder()));
    Panel.Builder short3 =
        figure
            .addPanelsBuilder()
            .setTitle("three points, one line")
            .setXLabel("level")
            .setYLabel("final largest eigenvalue")
            .setLogY(true);
    short3.addMetrics("final largest eigenvalue");
    Series.Builder series = line(short3, "");
    point(series, 0, 3, 1);
    point(series, 50, 40, 60);
    point(series, 100, 900, 200);
    return figure.build();
  }
}
