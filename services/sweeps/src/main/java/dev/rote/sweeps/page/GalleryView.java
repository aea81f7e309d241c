package dev.rote.sweeps.page;

import dev.rote.figures.ShortNumber;
import dev.rote.figures.drawing.GridPictures;
import dev.rote.v1.Figure;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Sweep;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Pictures of examples in the order of a score.
 *
 * @param words what they are
 * @param again their own address
 * @param earlier address of those before; empty of the first, {@code later} likewise
 */
public record GalleryView(
    String words, List<Picture> pictures, String again, String earlier, String later) {

  /**
   * An example.
   *
   * @param source the picture itself
   * @param words what it is, for readers of a screen
   * @param predicted such as {@code 5 by 2 of 3}; empty where it is not known
   */
  public record Picture(
      String source,
      String words,
      long index,
      int label,
      int sourceLabel,
      String predicted,
      String score) {

    /** Whether it is trained on another label than the dataset's. */
    public boolean changed() {
      return label != sourceLabel;
    }
  }

  /**
   * @param base address of the page that they stand on
   */
  static GalleryView of(Figure figure, ExamplesChoice choice, Sweep sweep, String base) {
    ImageGrid grid = figure.getPanels(0).getImages();
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < grid.getPicturesCount(); i++) {
      pictures.add(picture(grid, i));
    }
    boolean more = pictures.size() == ExamplesChoice.PICTURES;
    return new GalleryView(
        choice.words(),
        pictures,
        address(choice, sweep, base),
        choice.from() > 0
            ? address(choice.at(Math.max(0, choice.from() - ExamplesChoice.PICTURES)), sweep, base)
            : "",
        more ? address(choice.at(choice.from() + ExamplesChoice.PICTURES), sweep, base) : "");
  }

  private static String address(ExamplesChoice choice, Sweep sweep, String base) {
    return ChosenPicture.address(Address.of(base + "/examples/picture"), choice.fields(sweep))
        .with("from", Integer.toString(choice.from()))
        .toString();
  }

  private static Picture picture(ImageGrid grid, int i) {
    PictureOf picture = grid.getPictures(i);
    long index = Integer.toUnsignedLong(picture.getSourceIndex());
    String input = picture.getReplacedInput() ? ", its input replaced" : "";
    return new Picture(
        "data:image/png;base64," + Base64.getEncoder().encodeToString(GridPictures.png(grid, i)),
        "example " + index + input,
        index,
        picture.getLabel(),
        picture.getSourceLabel(),
        predicted(picture),
        (picture.getCensored() ? "≥ " : "") + ShortNumber.of(picture.getScore()));
  }

  private static String predicted(PictureOf picture) {
    if (!picture.hasPrediction()) {
      return "";
    }
    return picture.getPredictedBy() == picture.getRepetitions()
        ? Integer.toString(picture.getPrediction())
        : picture.getPrediction()
            + " by "
            + picture.getPredictedBy()
            + " of "
            + picture.getRepetitions();
  }
}
