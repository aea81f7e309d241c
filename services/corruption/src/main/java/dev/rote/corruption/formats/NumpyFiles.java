package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Arrays of NumPy: {@code .npy} files, and {@code .npz} archives of them. */
final class NumpyFiles {
  private static final String ENDING = ".npy";
  private static final int MOST_ARRAYS = 1_000;

  /** Bytes that deflate packs into one, at most. */
  private static final long LARGEST_RATIO = 1032;

  private final UnpackedFiles unpacked;

  NumpyFiles(UnpackedFiles unpacked) {
    this.unpacked = unpacked;
  }

  /**
   * An array, found but not read.
   *
   * @param name what messages call it
   * @param file where it lies
   * @param header what it says of itself
   * @param end byte after the last
   */
  record Found(String name, NamedFile file, NumpyHeader header, long end) {

    /** The array, of numbers. */
    NumberArray numbers() {
      NumberType type = header.type();
      if (type == null) {
        throw file.unfit(
            "holds texts in " + name + ": inputs must be numbers", "type", "numbers", "texts");
      }
      return new NumberArray(
              file,
              name,
              type,
              header.order(),
              header.columnMajor(),
              header.dimensions(),
              header.length())
          .checked(end);
    }

    /** The array as labels. */
    LabelReader labels(String column) {
      return header.type() == null
          ? TextLabels.open(file, name, header, end)
          : NumberLabels.open(numbers(), column);
    }
  }

  /** The array of a {@code .npy} file. */
  static Found array(NamedFile file) {
    return whole(file, file.name());
  }

  private static Found whole(NamedFile file, String name) {
    try (ByteFile bytes = ByteFile.open(file)) {
      NumpyHeader header = NumpyHeader.read(file, name, bytes.start(NumpyHeader.LONGEST));
      return new Found(name, file, header, bytes.size());
    }
  }

  /** Headers of the arrays of an archive, by name without {@code .npy}. */
  Map<String, NumpyHeader> headers(NamedFile archive) {
    Map<String, NumpyHeader> headers = new TreeMap<>();
    reading(
        archive,
        zip -> {
          Enumeration<? extends ZipEntry> entries = zip.entries();
          while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (headers.size() == MOST_ARRAYS) {
              throw archive.unfit(
                  "has more than " + MOST_ARRAYS + " arrays",
                  "arrays",
                  "at most " + MOST_ARRAYS,
                  "more");
            }
            if (entry.getName().endsWith(ENDING)) {
              String name = FirstBytes.text(stem(entry));
              headers.put(stem(entry), header(archive, zip, entry, title(name, archive)));
            }
          }
          return headers;
        });
    if (headers.isEmpty()) {
      throw archive.unfit("has no array: is it an .npz file?", "arrays", "at least 1", "0");
    }
    return headers;
  }

  private static String stem(ZipEntry entry) {
    return entry.getName().substring(0, entry.getName().length() - ENDING.length());
  }

  private static String title(String array, NamedFile archive) {
    return "array " + array + " of " + archive.name();
  }

  private static NumpyHeader header(NamedFile archive, ZipFile zip, ZipEntry entry, String name)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return NumpyHeader.read(archive, name, in.readNBytes(NumpyHeader.LONGEST));
    }
  }

  /** An array of an archive, unpacked; empty when there is none of that name. */
  Optional<Found> array(NamedFile archive, String array) {
    String title = title(FirstBytes.text(array), archive);
    return reading(
        archive,
        zip -> {
          ZipEntry entry = zip.getEntry(array + ENDING);
          if (entry == null) {
            return Optional.empty();
          }
          NumpyHeader header = header(archive, zip, entry, title);
          NamedFile file =
              unpacked.unpacked(
                  archive,
                  array,
                  () -> promised(archive, entry, header, title),
                  () -> zip.getInputStream(entry));
          return Optional.of(whole(file, title));
        });
  }

  private static long promised(
      NamedFile archive, ZipEntry entry, NumpyHeader header, String title) {
    long most = Math.max(0, entry.getCompressedSize()) * LARGEST_RATIO + NumpyHeader.LONGEST;
    if (header.valueBytes() > most) {
      throw archive.damaged(
          "should have "
              + header.valueBytes()
              + " bytes in "
              + title
              + " by its header, more than zip packs into the "
              + entry.getCompressedSize()
              + " that it has",
          "size",
          "" + header.valueBytes(),
          "at most " + most);
    }
    return header.length() + header.valueBytes();
  }

  private interface Reading<T> {
    T of(ZipFile zip) throws IOException;
  }

  private static <T> T reading(NamedFile archive, Reading<T> reading) {
    try (ZipFile zip = new ZipFile(archive.path().toFile())) {
      return reading.of(zip);
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw archive.damaged(
          "is no whole zip archive ("
              + FirstBytes.text(String.valueOf(e.getMessage()))
              + "): copy or download it again",
          "archive",
          "whole",
          String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw ByteFile.unreadable(archive.name(), e);
    }
  }
}
