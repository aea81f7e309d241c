package dev.rote.figures.building;

import com.google.protobuf.ByteString;
import dev.rote.figures.study.ExamplePicture;
import dev.rote.figures.study.ScoreMeans;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ExamplesPanel;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.PictureOf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Panels of the examples at an end of a score, as pictures. Values from 0 to 1 are grey levels or
 * colours; what lies beyond, as in noise, is black or full.
 */
final class ExamplesPanels {
  private static final int DEFAULT_COUNT = 16;
  private static final int DEFAULT_OF_A_CLASS = 8;
  private static final int DEFAULT_COLUMNS = 8;
  private static final int MOST = 640;
  private static final int WHITE = 255;

  private ExamplesPanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    ExamplesPanel examples = spec.getExamples();
    ImageGrid grid =
        data.scoreMeans(examples.getScore(), Panels.onlyLine(spec, data))
            .map(scores -> grid(examples, scores, data))
            .orElse(ImageGrid.getDefaultInstance());
    return Panel.newBuilder()
        .setTitle(spec.getTitle())
        .setYLabel(ScoreWords.of(examples.getScore()))
        .addMetrics(ScoreWords.of(examples.getScore()))
        .setImages(grid)
        .build();
  }

  private static ImageGrid grid(ExamplesPanel spec, ScoreMeans scores, StudyData data) {
    List<Integer> chosen = chosen(spec, scores);
    Map<Integer, ExamplePicture> pictures =
        data.pictures(
            scores.variantId(),
            spec.getScore().getMeasurement(),
            chosen.stream().map(scores::sourceIndex).toList());
    List<Integer> shown =
        chosen.stream().filter(i -> pictures.containsKey(scores.sourceIndex(i))).toList();
    if (shown.isEmpty()) {
      return ImageGrid.getDefaultInstance();
    }
    ExamplePicture first = picture(pictures, scores, shown.get(0));
    int channels = first.channels() == 3 ? 3 : 1;
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ImageGrid.Builder grid =
        ImageGrid.newBuilder()
            .setColumns(columns(spec))
            .setHeight(first.height())
            .setWidth(first.width())
            .setChannels(channels);
    for (int example : shown) {
      ExamplePicture picture = picture(pictures, scores, example);
      pixels.writeBytes(pixels(picture, channels));
      grid.addPictures(of(scores, example, picture));
    }
    return grid.setPixels(ByteString.copyFrom(pixels.toByteArray())).build();
  }

  private static PictureOf of(ScoreMeans scores, int example, ExamplePicture picture) {
    boolean known = scores.knowsSources();
    PictureOf.Builder words =
        PictureOf.newBuilder()
            .setSourceIndex(scores.sourceIndex(example))
            .setLabel(scores.label(example))
            .setSourceLabel(known ? scores.sourceLabel(example) : picture.sourceLabel())
            .setScore(scores.mean(example))
            .setReplacedInput(known ? scores.replacedInput(example) : picture.replacedInput())
            .setCensored(scores.censored(example));
    scores
        .prediction(example)
        .ifPresent(
            prediction ->
                words
                    .setPrediction(prediction)
                    .setPredictedBy(scores.predictedBy(example))
                    .setRepetitions(scores.repetitions()));
    return words.build();
  }

  private static ExamplePicture picture(
      Map<Integer, ExamplePicture> pictures, ScoreMeans scores, int example) {
    return Objects.requireNonNull(pictures.get(scores.sourceIndex(example)));
  }

  private static int count(ExamplesPanel spec) {
    return spec.hasCount()
        ? spec.getCount()
        : spec.getPerClass() ? DEFAULT_OF_A_CLASS : DEFAULT_COUNT;
  }

  private static int columns(ExamplesPanel spec) {
    if (spec.getPerClass()) {
      return count(spec);
    }
    return spec.hasColumns() ? spec.getColumns() : DEFAULT_COLUMNS;
  }

  /** Examples in the order shown. */
  private static List<Integer> chosen(ExamplesPanel spec, ScoreMeans scores) {
    List<Integer> order =
        IntStream.range(0, scores.examples())
            .filter(i -> !Double.isNaN(scores.mean(i)))
            .boxed()
            .sorted(order(spec, scores))
            .toList();
    if (!spec.getPerClass()) {
      return order.stream().skip(spec.getSkip()).limit(count(spec)).toList();
    }
    Map<Integer, List<Integer>> byLabel =
        order.stream().collect(Collectors.groupingBy(scores::label));
    List<Integer> chosen = new ArrayList<>();
    for (int label : scores.classes()) {
      byLabel.getOrDefault(label, List.of()).stream()
          .skip(spec.getSkip())
          .limit(count(spec))
          .forEach(chosen::add);
    }
    return chosen.stream().limit(MOST).toList();
  }

  private static Comparator<Integer> order(ExamplesPanel spec, ScoreMeans scores) {
    boolean lowest =
        switch (spec.getEnd()) {
          case SUSPECT, UNSPECIFIED, UNRECOGNIZED -> scores.isLowSuspect();
          case UNSUSPECT -> !scores.isLowSuspect();
          case HIGHEST -> false;
          case LOWEST -> true;
        };
    Comparator<Integer> rising = Comparator.comparingDouble(scores::ordered);
    return (lowest ? rising : rising.reversed()).thenComparing(scores::sourceIndex);
  }

  /** [channels, area] of values into [area, channels] of pixels. */
  private static byte[] pixels(ExamplePicture picture, int channels) {
    int area = picture.height() * picture.width();
    byte[] pixels = new byte[area * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        float value = Math.max(0, Math.min(1, picture.value(channel, i)));
        pixels[i * channels + channel] = (byte) Math.round(WHITE * value);
      }
    }
    return pixels;
  }
}
