package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.IdxHeader.Content;

/**
 * A pair of IDX files of unsigned bytes: images [n, height, width] or [n, channels, height, width],
 * and labels [n].
 */
final class IdxSource implements ExampleSource {
  private static final int CHUNK = 1 << 16;
  private static final int FEWEST_CLASSES = 2;

  private final ByteFile images;
  private final ByteFile labels;
  private final IdxHeader header;
  private final int labelHeader;
  private final ImageShape shape;
  private final LabelCounts counts;
  private final int classes;

  private IdxSource(
      ByteFile images,
      ByteFile labels,
      IdxHeader header,
      IdxHeader ofLabels,
      LabelCounts counts,
      int classes) {
    this.images = images;
    this.labels = labels;
    this.header = header;
    this.labelHeader = ofLabels.bytes();
    this.shape = header.shape();
    this.counts = counts;
    this.classes = classes;
  }

  /**
   * How many classes labels have.
   *
   * @param number of classes that labels must lie below; 0: the largest label plus one, at least 2
   * @param because what says so, such as {@code as mnist has 10 classes}
   */
  record Classes(int number, String because) {
    /** As many as the labels have. */
    static final Classes COUNTED = new Classes(0, "");
  }

  /**
   * Opens a pair and checks headers, sizes and labels.
   *
   * @throws DatasetException when the files are not such a pair
   */
  static IdxSource open(NamedFile imageFile, NamedFile labelFile, Classes classes) {
    ByteFile images = ByteFile.open(imageFile);
    ByteFile labels = null;
    try {
      labels = ByteFile.open(labelFile);
      IdxHeader of = header(images, Content.IMAGES);
      IdxHeader ofLabels = header(labels, Content.LABELS);
      if (of.items() != ofLabels.items()) {
        throw labelFile.unfit(
            "has "
                + ofLabels.items()
                + " labels for the "
                + of.items()
                + " images of "
                + imageFile.name()
                + ": there must be one for each",
            "number of labels",
            "" + of.items(),
            "" + ofLabels.items());
      }
      LabelCounts counts = count(labels, ofLabels);
      int counted = counts.largest() + 1;
      if (classes.number > 0 && counted > classes.number) {
        throw labelFile.unfit(
            "has the label "
                + (counted - 1)
                + ": labels must be below "
                + classes.number
                + ", "
                + classes.because,
            "largest label",
            "at most " + (classes.number - 1),
            "" + (counted - 1));
      }
      return new IdxSource(
          images,
          labels,
          of,
          ofLabels,
          counts,
          classes.number > 0 ? classes.number : Math.max(FEWEST_CLASSES, counted));
    } catch (DatasetException e) {
      images.close();
      if (labels != null) {
        labels.close();
      }
      throw e;
    }
  }

  private static IdxHeader header(ByteFile file, Content content) {
    IdxHeader header = IdxHeader.read(file.file(), file.start(IdxHeader.LONGEST), content);
    header.checkLength(file.file(), file.size());
    return header;
  }

  private static LabelCounts count(ByteFile labels, IdxHeader header) {
    LabelCounts counts = new LabelCounts();
    byte[] chunk = new byte[CHUNK];
    for (long at = 0; at < header.items(); at += CHUNK) {
      int length = (int) Math.min(CHUNK, header.items() - at);
      labels.read(header.bytes() + at, chunk, 0, length);
      counts.add(chunk, length);
    }
    return counts;
  }

  /** The labels of the whole file. */
  LabelCounts counts() {
    return counts;
  }

  @Override
  public long size() {
    return header.items();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(long index, byte[] levels) {
    images.read(header.bytes() + index * shape.values(), levels, 0, shape.values());
  }

  @Override
  public int label(long index) {
    int label = labels.unsignedByte(labelHeader + index);
    if (label >= classes) {
      throw labels
          .file()
          .damaged(
              "changed while it was read: label " + index + " is " + label + " now",
              "label",
              "below " + classes,
              "" + label);
    }
    return label;
  }

  @Override
  public void close() {
    images.close();
    labels.close();
  }
}
