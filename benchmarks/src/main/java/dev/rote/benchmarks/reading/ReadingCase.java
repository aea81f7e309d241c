package dev.rote.benchmarks.reading;

import java.util.List;

/**
 * Files of pictures.
 *
 * @param name of the case
 * @param layout what they lie in
 * @param encoding of each picture, as ImageIO calls it; of an archive, none
 * @param examples different ones
 * @param side of a picture
 */
record ReadingCase(String name, Layout layout, String encoding, int examples, int side) {
  static final int VALIDATION = 100;
  static final int CLASSES = 10;

  /** What pictures lie in. */
  enum Layout {
    PARQUET("data.parquet"),
    FOLDER("pictures"),
    ARCHIVE("data.npz");

    private final String path;

    Layout(String path) {
      this.path = path;
    }
  }

  static final List<ReadingCase> ALL =
      List.of(
          new ReadingCase("Parquet of PNG, 32x32x3", Layout.PARQUET, "png", 10_000, 32),
          new ReadingCase("Parquet of JPEG, 64x64x3", Layout.PARQUET, "jpg", 5_000, 64),
          new ReadingCase("folder of PNG, 32x32x3", Layout.FOLDER, "png", 10_000, 32),
          new ReadingCase("packed npz, 28x28", Layout.ARCHIVE, "", 60_000, 28));

  /** Of which a large file consists. */
  static final ReadingCase LARGE =
      new ReadingCase("Parquet of PNG, 64x64x3, 5 GB", Layout.PARQUET, "png", 1_000, 64);

  /** The case of a name. */
  static ReadingCase named(String name) {
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case " + name));
  }

  /** Path of what is read, in the directory of the case. */
  String path() {
    return layout.path;
  }

  /** Name of the directory of the case. */
  String folder() {
    return "reading-" + name.replaceAll("[^A-Za-z0-9]+", "-");
  }
}
