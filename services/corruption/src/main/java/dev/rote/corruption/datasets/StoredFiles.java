package dev.rote.corruption.datasets;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.Sha256;
import dev.rote.v1.StoreFileResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Puts files of a user's own into object storage, each once, under its SHA-256. */
public final class StoredFiles {

  private final DatasetFiles files;
  private final ObjectStore store;

  public StoredFiles(DatasetFiles files, ObjectStore store) {
    this.files = files;
    this.store = store;
  }

  /** Begins a file, whose bytes are kept on disk until all are there. */
  public Upload begin(String name) {
    try {
      return new Upload(name, files.cache().unfinished());
    } catch (IOException e) {
      throw ByteFile.unreadable(name, e);
    }
  }

  /** A file that is coming; for one thread at a time. */
  public final class Upload implements AutoCloseable {
    private final String name;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private long size;

    private Upload(String name, Path part) throws IOException {
      this.name = name;
      this.part = part;
      this.channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds bytes. */
    public void add(ByteBuffer chunk) {
      size += chunk.remaining();
      if (size > ObjectStore.LARGEST_OBJECT) {
        throw DatasetException.refused(
            "chunk",
            name
                + " has more than "
                + ObjectStore.LARGEST_OBJECT
                + " bytes, which object storage takes in one piece: name it by its address"
                + " (https: or s3:), or let it lie in the workers' datasets directory");
      }
      digest.update(chunk.duplicate());
      try {
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      } catch (IOException e) {
        throw ByteFile.unreadable(name, e);
      }
    }

    /** Puts the file into object storage unless it is there. */
    public StoreFileResponse store() {
      String sum = Sha256.hex(digest.digest());
      boolean created = store.putIfAbsent(ArtifactKeys.ownFile(sum), part);
      return StoreFileResponse.newBuilder()
          .setPath(FetchedFiles.STORED + sum + "/" + name)
          .setSizeBytes(size)
          .setCreated(created)
          .build();
    }

    @Override
    public void close() {
      try {
        channel.close();
        Files.deleteIfExists(part);
      } catch (IOException e) {
        throw ByteFile.unreadable(name, e);
      }
    }
  }
}
