package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.NamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Keeps what was unpacked out of files, by the content of the file. */
public interface UnpackedFiles {

  /** Something that is unpacked. */
  interface Content {
    /** The bytes; closed by the caller. */
    InputStream open() throws IOException;
  }

  /**
   * The unpacked part of a file, unpacked unless it was.
   *
   * @param part names the part among those of the file
   * @param bytes that it must have, asked for when it is unpacked
   * @throws dev.rote.corruption.datasets.DatasetException when it has more or fewer, or is damaged
   */
  NamedFile unpacked(NamedFile packed, String part, Supplier<Long> bytes, Content content);
}
