package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import dev.rote.v1.FileSet.Format;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files of a user's own by their format; a new one is added here. */
public final class FileFormats {
  private static final String PACKED = ".gz";

  /** Bytes that deflate packs into one, at most. */
  private static final long LARGEST_RATIO = 1032;

  private final UnpackedFiles unpacked;
  private final NumpyFiles numpy;

  public FileFormats(UnpackedFiles unpacked) {
    this.unpacked = unpacked;
    this.numpy = new NumpyFiles(unpacked);
  }

  /** The format of a set: the one that is written, else the one that its files tell. */
  public Format of(SetFiles set, FileSet described) {
    if (described.hasFormat() && described.getFormat() != Format.UNSPECIFIED) {
      return described.getFormat();
    }
    return set.isFolder() ? Format.FOLDER : of(set.files().get(0));
  }

  private Format of(NamedFile file) {
    byte[] start = start(file);
    String name = stem(file);
    if (NumpyHeader.begins(start) || (isZip(start) && name.endsWith(".npz"))) {
      return Format.NUMPY;
    }
    if (ParquetFile.begins(start)) {
      return Format.PARQUET;
    }
    if (IdxFiles.begins(start)) {
      return Format.IDX;
    }
    if (CifarPickle.begins(start)) {
      return Format.CIFAR_PYTHON;
    }
    if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
      return Format.TABLE;
    }
    if (name.endsWith(".bin")) {
      long size = size(file);
      if (size > 0 && size % (CifarReader.VALUES + 1) == 0) {
        return Format.CIFAR10_BINARY;
      }
      if (size > 0 && size % (CifarReader.VALUES + 2) == 0) {
        return Format.CIFAR100_BINARY;
      }
    }
    throw file.unfit(
        "is in no format that is read: it begins with "
            + FirstBytes.words(start)
            + ". Read are .npy, .npz, Parquet, .csv, .tsv, folders of PNG and JPEG, IDX, and the"
            + " binary and Python versions of CIFAR; `format` says which one where names do not",
        "format",
        "one of these",
        FirstBytes.words(start));
  }

  /** Lower case, without {@code .gz}. */
  private static String stem(NamedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return isPacked(file) ? name.substring(0, name.length() - PACKED.length()) : name;
  }

  private static boolean isPacked(NamedFile file) {
    return file.name().toLowerCase(Locale.ROOT).endsWith(PACKED);
  }

  private static boolean isZip(byte[] start) {
    return start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] < 9;
  }

  private static long size(NamedFile file) {
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }

  private static byte[] start(NamedFile file) {
    if (isPacked(file)) {
      return unpackedStart(file, FirstBytes.COUNT);
    }
    try (ByteFile bytes = ByteFile.open(file)) {
      return bytes.start(FirstBytes.COUNT);
    }
  }

  private static byte[] unpackedStart(NamedFile file, int most) {
    try (InputStream in = gunzip(file)) {
      return in.readNBytes(most);
    } catch (ZipException | EOFException e) {
      throw file.damaged(
          "cannot be unpacked: it begins with " + FirstBytes.words(raw(file)),
          "gzip stream",
          "whole",
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ByteFile.unreadable(file.name(), e);
    }
  }

  private static byte[] raw(NamedFile file) {
    try (ByteFile bytes = ByteFile.open(file)) {
      return bytes.start(FirstBytes.COUNT);
    }
  }

  private static InputStream gunzip(NamedFile file) throws IOException {
    InputStream in = Files.newInputStream(file.path());
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Opens the examples of a set; shards come one after the other. */
  public ExampleReader open(SetFiles set, FileSet described) {
    Format format = of(set, described);
    if (format == Format.FOLDER) {
      return folder(set, described);
    }
    List<NamedFile> labels = set.labels();
    if (!labels.isEmpty() && labels.size() != set.files().size()) {
      throw labels
          .get(0)
          .unfit(
              "is one of "
                  + labels.size()
                  + " files of labels, and there are "
                  + set.files().size()
                  + " of inputs: there must be one for each, in the same order",
              "files of labels",
              "" + set.files().size(),
              "" + labels.size());
    }
    List<Supplier<ExampleReader>> shards = new ArrayList<>();
    for (int i = 0; i < set.files().size(); i++) {
      NamedFile file = set.files().get(i);
      List<NamedFile> own = labels.isEmpty() ? List.of() : List.of(labels.get(i));
      shards.add(() -> open(format, file, own, described, set.role()));
    }
    return new ShardedReader(shards);
  }

  private static ExampleReader folder(SetFiles set, FileSet described) {
    if (!set.isFolder()) {
      throw set.root().unfit("is no folder", "format", "a folder", "a file");
    }
    Map<String, String> labels = Map.of();
    for (NamedFile table : set.labels()) {
      labels = TableLabels.byFile(table, described);
    }
    return new FolderReader(set.root(), set.files(), labels);
  }

  private ExampleReader open(
      Format format, NamedFile file, List<NamedFile> labels, FileSet described, String role) {
    return switch (format) {
      case NUMPY -> numpy(file, labels, described, role);
      case PARQUET -> ParquetExamples.open(without(labels, file), described);
      case TABLE -> TableReader.open(without(labels, file), described);
      case IDX -> {
        NumberArray inputs = IdxFiles.array(plain(file));
        yield ArrayReader.open(inputs, labels(beside(labels, file), described));
      }
      case CIFAR10_BINARY -> CifarReader.open(without(labels, file), 1);
      case CIFAR100_BINARY -> CifarReader.open(without(labels, file), 2);
      case CIFAR_PYTHON -> {
        CifarPickle.Batch batch = CifarPickle.read(without(labels, file));
        yield ArrayReader.open(
            batch.inputs(), new ListedLabels(batch.labels(), "labels of " + file.name()));
      }
      case FOLDER, UNSPECIFIED, UNRECOGNIZED ->
          throw file.unfit("is of an unknown format", "format", "a known one", "" + format);
    };
  }

  private static NamedFile without(List<NamedFile> labels, NamedFile file) {
    if (!labels.isEmpty()) {
      throw labels
          .get(0)
          .unfit(
              "is not read, since " + file.name() + " has labels itself: leave `labels` out",
              "labels",
              "none",
              "one");
    }
    return file;
  }

  private static NamedFile beside(List<NamedFile> labels, NamedFile file) {
    if (labels.isEmpty()) {
      throw file.unfit(
          "has no labels: say which file has them, by `labels`", "labels", "a file", "none");
    }
    return labels.get(0);
  }

  private ExampleReader numpy(
      NamedFile file, List<NamedFile> labels, FileSet described, String role) {
    if (!isZip(start(file))) {
      NumberArray inputs = NumpyFiles.array(plain(file)).numbers();
      return ArrayReader.open(inputs, labels(beside(labels, file), described));
    }
    Map<String, NumpyHeader> headers = numpy.headers(file);
    NumpyArrays arrays = NumpyArrays.of(headers, described, role, file);
    NumberArray inputs = found(file, arrays.inputs(), "image").numbers();
    if (!labels.isEmpty()) {
      return ArrayReader.open(inputs, labels(labels.get(0), described));
    }
    String column = described.getLabel().equals(arrays.labels()) ? "" : described.getLabel();
    return ArrayReader.open(inputs, found(file, arrays.labels(), "label").labels(column));
  }

  private NumpyFiles.Found found(NamedFile archive, String array, String field) {
    return numpy
        .array(archive, array)
        .orElseThrow(
            () ->
                archive.unfit(
                    "has no array "
                        + FirstBytes.text(array)
                        + ": `"
                        + field
                        + "` must be one of "
                        + String.join(", ", numpy.headers(archive).keySet()),
                    field,
                    "an array",
                    array));
  }

  /** Labels that lie in a file of their own. */
  LabelReader labels(NamedFile file, FileSet described) {
    byte[] start = start(file);
    if (NumpyHeader.begins(start)) {
      return NumpyFiles.array(plain(file)).labels(described.getLabel());
    }
    if (IdxFiles.begins(start)) {
      return NumberLabels.open(IdxFiles.array(plain(file)), described.getLabel());
    }
    return TableLabels.open(file, described);
  }

  /** A file, unpacked where its name ends in {@code .gz}. */
  private NamedFile plain(NamedFile file) {
    if (!isPacked(file)) {
      return file;
    }
    return unpacked.unpacked(file, "", () -> promised(file), () -> gunzip(file));
  }

  private static long promised(NamedFile file) {
    byte[] start = unpackedStart(file, NumpyHeader.LONGEST);
    long bytes;
    if (NumpyHeader.begins(start)) {
      NumpyHeader header = NumpyHeader.read(file, file.name(), start);
      bytes =
          header.valueBytes() > Long.MAX_VALUE / 2
              ? header.valueBytes()
              : header.length() + header.valueBytes();
    } else {
      bytes = IdxFiles.header(file, start).promised();
    }
    long size = size(file);
    if (bytes / LARGEST_RATIO > size) {
      throw file.damaged(
          "should have "
              + bytes
              + " bytes by its header, more than gzip packs into the "
              + size
              + " that it has",
          "size",
          "" + bytes,
          "at most " + size * LARGEST_RATIO);
    }
    return bytes;
  }

  /** Names of the arrays of an {@code .npz} archive; empty for other files. */
  public List<String> arrays(NamedFile file) {
    boolean archive = !isPacked(file) && isZip(start(file)) && stem(file).endsWith(".npz");
    return archive ? List.copyOf(numpy.headers(file).keySet()) : List.of();
  }

  /** What a set is read from, by names of arrays where there are several. */
  public FileSet described(SetFiles set, FileSet described) {
    FileSet.Builder found = described.toBuilder();
    if (!arrays(set.files().get(0)).isEmpty()) {
      NumpyArrays arrays =
          NumpyArrays.of(numpy.headers(set.files().get(0)), described, set.role(), set.root());
      found.setImage(arrays.inputs());
      if (!arrays.labels().isEmpty() && described.getLabel().isEmpty()) {
        found.setLabel(arrays.labels());
      }
    }
    return found.build();
  }
}
