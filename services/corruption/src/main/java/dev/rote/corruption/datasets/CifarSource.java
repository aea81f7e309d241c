package dev.rote.corruption.datasets;

import java.nio.file.Path;
import java.util.List;

/**
 * Files of CIFAR's binary version: records of one label byte (CIFAR-100: coarse label, fine label)
 * and 3072 levels, planes R, G, B of 32 x 32.
 */
final class CifarSource implements ExampleSource {
  static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  private final List<ByteFile> files;
  private final List<Long> firstIndices;
  private final int perFile;
  private final int labelBytes;
  private final int classes;

  private CifarSource(
      List<ByteFile> files, List<Long> firstIndices, int perFile, int labelBytes, int classes) {
    this.files = files;
    this.firstIndices = firstIndices;
    this.perFile = perFile;
    this.labelBytes = labelBytes;
    this.classes = classes;
  }

  /**
   * @param paths files of {@code perFile} records each, sizes checked already
   * @param firstIndices index in the whole dataset of the first record of each file
   * @param labelBytes 1, or 2 of which the second counts
   */
  static CifarSource open(
      List<Path> paths, List<Long> firstIndices, int perFile, int labelBytes, int classes) {
    List<ByteFile> files = paths.stream().map(ByteFile::open).toList();
    return new CifarSource(files, firstIndices, perFile, labelBytes, classes);
  }

  private static int recordBytes(int labelBytes) {
    return labelBytes + SHAPE.values();
  }

  @Override
  public long size() {
    return (long) files.size() * perFile;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public void read(long index, byte[] levels) {
    file(index).read(position(index) + labelBytes, levels, 0, SHAPE.values());
  }

  @Override
  public int label(long index) {
    int label = file(index).unsignedByte(position(index) + labelBytes - 1);
    if (label >= classes) {
      throw DatasetException.damaged(
          file(index).path().toString(),
          "label of record " + index % perFile,
          "below " + classes,
          "" + label);
    }
    return label;
  }

  @Override
  public long datasetIndex(long index) {
    return firstIndices.get((int) (index / perFile)) + index % perFile;
  }

  private ByteFile file(long index) {
    return files.get((int) (index / perFile));
  }

  private long position(long index) {
    return index % perFile * recordBytes(labelBytes);
  }

  @Override
  public void close() {
    files.forEach(ByteFile::close);
  }
}
