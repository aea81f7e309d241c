package dev.rote.corruption.datasets;

import java.util.ArrayList;
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
   * @param paths files of {@code perFile} records each
   * @param firstIndices index in the whole dataset of the first record of each file
   * @param labelBytes 1, or 2 of which the second counts
   * @throws DatasetException with reason {@code DAMAGED} when a file has another length
   */
  static CifarSource open(
      List<NamedFile> paths, List<Long> firstIndices, int perFile, int labelBytes, int classes) {
    List<ByteFile> files = new ArrayList<>();
    CifarSource source = new CifarSource(files, firstIndices, perFile, labelBytes, classes);
    try {
      for (NamedFile path : paths) {
        ByteFile file = ByteFile.open(path);
        files.add(file);
        long expected = (long) perFile * recordBytes(labelBytes);
        if (file.size() != expected) {
          throw DatasetException.damaged(path.name(), "size", "" + expected, "" + file.size());
        }
      }
      return source;
    } catch (DatasetException e) {
      source.close();
      throw e;
    }
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
          file(index).file().name(),
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
