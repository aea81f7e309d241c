package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import dev.rote.corruption.formats.UnpackedFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.ZipException;

/** Unpacked parts of files, in the cache under the content of the file. */
final class CachedUnpacking implements UnpackedFiles {
  private static final String FOLDER = "unpacked";

  private final FileCache cache;
  private final VerifiedFiles verified;
  private final SingleFlight<Path> unpacking = new SingleFlight<>();

  CachedUnpacking(FileCache cache, VerifiedFiles verified) {
    this.cache = cache;
    this.verified = verified;
  }

  @Override
  public NamedFile unpacked(NamedFile packed, String part, Supplier<Long> bytes, Content content) {
    String name =
        part.isEmpty()
            ? ""
            : "-" + Sha256.hex(Sha256.digest().digest(part.getBytes(StandardCharsets.UTF_8)));
    String sha256 = verified.sha256(packed);
    String key = FOLDER + "/" + sha256 + name;
    Runnable unchanged = () -> verified.requireStill(packed, sha256);
    return packed.at(
        unpacking
            .run(
                key,
                () ->
                    cache
                        .find(key)
                        .orElseGet(() -> unpack(packed, key, bytes.get(), content, unchanged)))
            .value());
  }

  private Path unpack(
      NamedFile packed, String key, long bytes, Content content, Runnable unchanged) {
    cache.removeUnused(FOLDER);
    try (InputStream in = content.open()) {
      return cache.store(key, in, bytes, unchanged);
    } catch (LengthException e) {
      throw packed.damaged(
          "should unpack to "
              + bytes
              + " bytes by its header"
              + (e.isLonger() ? ", and goes on after them" : ", and holds " + e.getMessage()),
          "size",
          "" + bytes,
          String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      throw packed.damaged("is cut short: its packed part has no end", "stream", "whole", "" + e);
    } catch (ZipException e) {
      throw packed.damaged(
          "cannot be unpacked: " + e.getMessage(), "stream", "whole", "" + e.getMessage());
    } catch (IOException e) {
      throw ByteFile.unreadable(packed.name(), e);
    }
  }
}
