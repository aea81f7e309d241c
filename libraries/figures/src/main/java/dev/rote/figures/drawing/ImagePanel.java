package dev.rote.figures.drawing;

import dev.rote.figures.ShortNumber;
import dev.rote.figures.drawing.Lettering.Anchor;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import dev.rote.v1.PictureOf;
import java.util.List;

/** A panel of small images side by side, as large as fits, their pixels square. */
final class ImagePanel implements PanelDrawing {
  private static final double LARGEST_SIDE = 48;
  private static final double WIDEST_GAP = 2.5;
  private static final double GAP_SHARE = 0.12;
  private static final double SIDE_MARGIN = 6;
  private static final double CAPTION_SIZE = 5;
  private static final double CAPTION_LINE = 6;
  private static final double LEAST_PICTURE = 24;
  private static final double LEAST_ROOM = 18;

  private final Panel panel;
  private final ImageGrid grid;
  private final PanelSize size;
  private final Typeface typeface;

  ImagePanel(Panel panel, PanelSize size, Typeface typeface) {
    this.panel = panel;
    this.grid = panel.getImages();
    this.size = new PanelSize(size.plotWidth(), Math.max(size.plotHeight(), leastHeight(grid)));
    this.typeface = typeface;
  }

  /** Pictures with captions are many: a panel grows with its rows. */
  private static double leastHeight(ImageGrid grid) {
    int columns = Math.max(1, grid.getColumns());
    int rows = (grid.getPicturesCount() + columns - 1) / columns;
    return rows * (LEAST_PICTURE + captionHeight(grid)) - PanelSize.BOTTOM + SIDE_MARGIN;
  }

  private static double captionHeight(ImageGrid grid) {
    return CAPTION_LINE
        * grid.getPicturesList().stream()
            .mapToInt(picture -> caption(picture).size())
            .max()
            .orElse(0);
  }

  @Override
  public PanelSize size() {
    return size;
  }

  @Override
  public void draw(Canvas canvas, double left, double top, int keyRows) {
    double plotTop = top + PanelSize.TITLE + keyRows * LegendEntry.ROW_HEIGHT;
    double middle = left + size.width() / 2;
    PanelDrawing.drawTitle(canvas, panel.getTitle(), middle, top, size, typeface);
    int pixels = grid.getWidth() * grid.getHeight() * grid.getChannels();
    int count = pixels == 0 ? 0 : grid.getPixels().size() / pixels;
    if (count == 0) {
      PanelDrawing.drawNoData(canvas, middle, plotTop + size.plotHeight() / 2);
      return;
    }
    int columns = Math.min(count, Math.max(1, grid.getColumns()));
    int rows = (count + columns - 1) / columns;
    double availableWidth = size.width() - 2 * SIDE_MARGIN;
    double availableHeight = size.plotHeight() + PanelSize.BOTTOM - SIDE_MARGIN;
    double wide = Math.min(LARGEST_SIDE, availableWidth / columns);
    double caption = captionHeight(grid);
    double high = Math.min(LARGEST_SIDE, availableHeight / rows - caption);
    double gap = Math.min(WIDEST_GAP, GAP_SHARE * Math.min(wide, high));
    double pixel =
        snapped(Math.min((wide - gap) / grid.getWidth(), (high - gap) / grid.getHeight()));
    double width = pixel * grid.getWidth();
    double height = pixel * grid.getHeight();
    double x = middle - (columns * (width + gap) - gap) / 2;
    for (int i = 0; i < count; i++) {
      int column = i % columns;
      int row = i / columns;
      double imageLeft = x + column * (width + gap);
      double imageTop = plotTop + row * (height + gap + caption);
      canvas.image(PixelImage.of(grid, i), imageLeft, imageTop, width, height);
      if (i < grid.getPicturesCount()) {
        drawCaption(canvas, grid.getPictures(i), imageLeft + width / 2, imageTop + height, wide);
      }
    }
  }

  /**
   * The label, with that of the dataset in brackets where it is another; what is predicted, if that
   * is known, with how many repetitions do where not all agree; the score.
   */
  private static List<String> caption(PictureOf picture) {
    String label = Integer.toString(picture.getLabel());
    String labels =
        picture.getLabel() == picture.getSourceLabel()
            ? label
            : label + " (" + picture.getSourceLabel() + ")";
    String score = (picture.getCensored() ? "≥ " : "") + ShortNumber.of(picture.getScore());
    if (!picture.hasPrediction()) {
      return List.of(labels, score);
    }
    String agreed =
        picture.getPredictedBy() == picture.getRepetitions()
            ? ""
            : " " + picture.getPredictedBy() + "/" + picture.getRepetitions();
    return List.of(labels, "→ " + picture.getPrediction() + agreed, score);
  }

  private void drawCaption(
      Canvas canvas, PictureOf picture, double middle, double top, double room) {
    double base = top + CAPTION_LINE;
    for (String line : caption(picture)) {
      FittedText fitted = FittedText.of(line, CAPTION_SIZE, Math.max(room, LEAST_ROOM), typeface);
      canvas.text(
          fitted.text(),
          middle,
          base,
          Lettering.of(Math.min(CAPTION_SIZE, fitted.size()), FigureDrawing.INK, Anchor.MIDDLE));
      base += CAPTION_LINE;
    }
  }

  /** A whole number of pixels of the PNG file, where there is one. */
  private static double snapped(double pixel) {
    double whole = Math.floor(pixel * PngCanvas.SCALE);
    return whole >= 1 ? whole / PngCanvas.SCALE : pixel;
  }
}
