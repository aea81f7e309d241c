package dev.rote.corruption.datasets;

import dev.rote.artifacts.variants.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches files over HTTP and checks their sums. */
public final class Downloads {
  private final Duration timeout;

  /**
   * @param timeout of connecting, and of each wait for more bytes
   */
  public Downloads(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Fetches a file from the first address that serves it whole.
   *
   * @param target where it goes; nothing is left there unless the sum is right
   * @throws DatasetException with reason {@code DAMAGED} when an address serves other bytes, {@code
   *     UNREACHABLE} when none answers
   */
  void fetch(List<URI> addresses, String sha256, Path target) {
    DatasetException last = null;
    for (URI address : addresses) {
      try {
        String actual = copy(address, target);
        if (actual.equals(sha256)) {
          return;
        }
        last = DatasetException.damaged(address.toString(), "SHA-256", sha256, actual);
      } catch (IOException e) {
        last =
            DatasetException.unreachable(
                address.toString(), "could not fetch " + address + ": " + e, e);
      }
      remove(target);
    }
    throw last == null
        ? new IllegalArgumentException("a file to fetch needs an address, was " + addresses)
        : last;
  }

  /** Whether an address answers; else why not. */
  @Nullable String unreachable(URI address) {
    try {
      HttpURLConnection connection = connect(address);
      connection.setRequestMethod("HEAD");
      try {
        int code = connection.getResponseCode();
        return code == HttpURLConnection.HTTP_OK ? null : "it answers " + code;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String copy(URI address, Path target) throws IOException {
    HttpURLConnection connection = connect(address);
    try {
      int code = connection.getResponseCode();
      if (code != HttpURLConnection.HTTP_OK) {
        throw new IOException("it answers " + code);
      }
      long expected = connection.getContentLengthLong();
      MessageDigest digest = Sha256.digest();
      long copied;
      try (InputStream in = connection.getInputStream();
          OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
        copied = in.transferTo(out);
      }
      if (expected >= 0 && copied != expected) {
        throw new IOException("it ended after " + copied + " of " + expected + " bytes");
      }
      return Sha256.hex(digest.digest());
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection connect(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    if (!(connection instanceof HttpURLConnection http)) {
      throw new IOException("it must be an http or https address");
    }
    http.setConnectTimeout((int) timeout.toMillis());
    http.setReadTimeout((int) timeout.toMillis());
    return http;
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw ByteFile.unreadable(target, e);
    }
  }
}
