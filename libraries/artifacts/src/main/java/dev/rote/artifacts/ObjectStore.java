package dev.rote.artifacts;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A bucket of immutable objects.
 *
 * <p>Keys are paths of {@code [A-Za-z0-9._-]+} segments. All methods block, retry for a while when
 * the store is out of reach, and then throw {@link ObjectStoreException} with reason {@code
 * UNAVAILABLE}.
 */
public interface ObjectStore extends AutoCloseable {
  /** Bytes that an object may have: it is put in one piece. */
  long LARGEST_OBJECT = 5L << 30;

  /**
   * Writes an object unless there is one under this key.
   *
   * @return whether this call wrote it; false leaves the object that is there untouched
   */
  boolean putIfAbsent(String key, byte[] bytes);

  /** Like {@link #putIfAbsent(String, byte[])}, from a file of any size. */
  boolean putIfAbsent(String key, Path file);

  /** Writes an object, replacing what is there. Only for reports, which have no content id. */
  void put(String key, byte[] bytes);

  /**
   * The whole object, for objects known to be small (manifests, results, measurements).
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND}
   */
  byte[] get(String key);

  /** Like {@link #get}, empty when there is no such object. */
  Optional<byte[]> find(String key);

  /**
   * The object as a stream, from byte {@code offset}; the caller closes it.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND}
   */
  InputStream open(String key, long offset);

  /** Size in bytes, empty when there is no such object. */
  Optional<Long> size(String key);

  /** Keys under a prefix, in order, at most {@code limit}, those after {@code startAfter}. */
  List<String> list(String prefix, String startAfter, int limit);

  /**
   * Copies an object within the store, replacing what is under the key of the copy.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND}
   */
  void copy(String key, String copy);

  /** Removes an object; nothing happens when there is none. */
  void delete(String key);

  @Override
  void close();
}
