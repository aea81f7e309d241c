package dev.rote.figures.building;

import com.google.protobuf.ByteString;
import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;

/**
 * Panels of first-layer filters (Fig 2 of Arpit et al. 2017): each filter is stretched so that its
 * smallest weight, over all channels, becomes 0 and its largest 255; a constant filter is mid-grey.
 */
final class FiltersPanels {
  private static final int DEFAULT_COLUMNS = 8;
  private static final int WHITE = 255;

  private FiltersPanels() {}

  /**
   * The panel.
   *
   * @throws FigureException with {@link Reason#INCONSISTENT_RESULTS} when filters have neither one
   *     nor three channels, or weights are missing
   */
  static Panel build(PanelSpec spec, StudyData data) {
    String measurement = spec.getFilters().getMeasurement();
    int columns = spec.getFilters().hasColumns() ? spec.getFilters().getColumns() : DEFAULT_COLUMNS;
    ImageGrid images =
        data.filters(measurement, Panels.onlyLine(spec, data))
            .map(filters -> images(filters, columns))
            .orElse(ImageGrid.getDefaultInstance());
    return Panel.newBuilder().setTitle(spec.getTitle()).setImages(images).build();
  }

  private static ImageGrid images(FiltersValues filters, int columns) {
    int channels = filters.getShape().getChannels();
    int height = filters.getShape().getHeight();
    int width = filters.getShape().getWidth();
    int size = channels * height * width;
    if ((channels != 1 && channels != 3) || size == 0 || filters.getWeightsCount() % size != 0) {
      throw new FigureException(
          Reason.INCONSISTENT_RESULTS,
          "filters can be drawn with 1 or 3 channels and whole images, had "
              + filters.getWeightsCount()
              + " weights of the shape "
              + channels
              + " x "
              + height
              + " x "
              + width);
    }
    byte[] pixels = new byte[filters.getWeightsCount()];
    for (int first = 0; first < pixels.length; first += size) {
      stretch(filters, first, channels, height * width, pixels);
    }
    return ImageGrid.newBuilder()
        .setColumns(columns)
        .setHeight(height)
        .setWidth(width)
        .setChannels(channels)
        .setPixels(ByteString.copyFrom(pixels))
        .build();
  }

  /** One filter, [channels, area] of weights into [area, channels] of pixels. */
  private static void stretch(
      FiltersValues filters, int first, int channels, int area, byte[] pixels) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = first; i < first + channels * area; i++) {
      low = Math.min(low, filters.getWeights(i));
      high = Math.max(high, filters.getWeights(i));
    }
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        double weight = filters.getWeights(first + channel * area + i);
        double share = high > low ? (weight - low) / ((double) high - low) : 0.5;
        pixels[first + i * channels + channel] = (byte) Math.round(WHITE * share);
      }
    }
  }
}
