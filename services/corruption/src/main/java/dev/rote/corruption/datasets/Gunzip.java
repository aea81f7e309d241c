package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.IdxHeader.Content;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks gzip files into the cache, to as many bytes as are known beforehand and no more. */
final class Gunzip {
  private static final int BUFFER = 1 << 16;

  /** Bytes that deflate packs into one, at most. */
  private static final long LARGEST_RATIO = 1032;

  private final FileCache cache;

  Gunzip(FileCache cache) {
    this.cache = cache;
  }

  /** The content of a gzip file. */
  static InputStream open(Path packed) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(packed), BUFFER);
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Unpacks a file.
   *
   * @param bytes that it must hold
   * @param unchanged checks, when all was read, that it is what the key says
   * @throws DatasetException with reason {@code DAMAGED} when it does not
   */
  Path unpack(NamedFile packed, String key, long bytes, Runnable unchanged) {
    return reading(
        packed,
        () -> {
          try (InputStream in = open(packed.path())) {
            return cache.store(key, in, bytes, unchanged);
          } catch (LengthException e) {
            throw length(packed, "should unpack to " + bytes + " bytes", bytes, e);
          }
        });
  }

  /**
   * Unpacks an IDX file, to as many bytes as its header says.
   *
   * @param unchanged checks, when all was read, that it is what the key says
   * @throws DatasetException when it is none of that content, or is not as long as it says
   */
  Path unpackIdx(NamedFile packed, String key, Content content, Runnable unchanged) {
    return reading(
        packed,
        () -> {
          try (InputStream in = open(packed.path())) {
            byte[] start = in.readNBytes(IdxHeader.LONGEST);
            IdxHeader header = IdxHeader.read(packed, start, content);
            long size = Files.size(packed.path());
            if (header.fileBytes() / LARGEST_RATIO > size) {
              throw packed.damaged(
                  header.promise() + ", more than gzip packs into the " + size + " that it has",
                  "size",
                  "" + header.fileBytes(),
                  "at most " + size * LARGEST_RATIO);
            }
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
            try {
              return cache.store(key, whole, header.fileBytes(), unchanged);
            } catch (LengthException e) {
              throw length(packed, header.promise(), header.fileBytes(), e);
            }
          }
        });
  }

  private static DatasetException length(
      NamedFile packed, String promise, long bytes, LengthException e) {
    return packed.damaged(
        promise + (e.isLonger() ? ", and goes on after them" : ", and holds " + e.getMessage()),
        "size",
        "" + bytes,
        String.valueOf(e.getMessage()));
  }

  private interface Reading {
    Path run() throws IOException;
  }

  private static Path reading(NamedFile packed, Reading reading) {
    try {
      return reading.run();
    } catch (EOFException e) {
      throw packed.damaged(
          "is cut short: its gzip stream has no end", "gzip stream", "whole", "" + e);
    } catch (ZipException e) {
      throw packed.damaged(
          "cannot be unpacked: " + e.getMessage(), "gzip stream", "whole", "" + e.getMessage());
    } catch (IOException e) {
      throw ByteFile.unreadable(packed.name(), e);
    }
  }
}
