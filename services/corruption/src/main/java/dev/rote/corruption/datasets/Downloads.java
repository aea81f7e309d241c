package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over HTTP and checks their sums. A connection that breaks off is taken up again
 * where it ended; size and time of a download are bounded.
 */
public final class Downloads {
  private static final int BUFFER = 1 << 16;
  private static final int TRIES = 5;
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);

  private final Duration silence;
  private final Duration whole;
  private final InstantSource clock;

  /**
   * @param silence bound of connecting, and of each wait for more bytes
   * @param whole bound of one download
   */
  public Downloads(Duration silence, Duration whole) {
    this(silence, whole, InstantSource.system());
  }

  Downloads(Duration silence, Duration whole, InstantSource clock) {
    this.silence = silence;
    this.whole = whole;
    this.clock = clock;
  }

  /**
   * Fetches a file from the first address that serves it whole.
   *
   * @param target where it goes; nothing is left there unless the sum is right
   * @throws DatasetException with reason {@code DAMAGED} when an address serves other bytes, {@code
   *     UNREACHABLE} when none answers or the time is over
   */
  void fetch(Origin origin, Path target) {
    Instant end = clock.instant().plus(whole);
    DatasetException last = null;
    for (URI address : origin.addresses()) {
      try {
        copy(address, target, origin.largestDownload(), end);
        String actual = VerifiedFiles.sum(target);
        if (actual.equals(origin.sha256())) {
          return;
        }
        last = DatasetException.damaged(address.toString(), "SHA-256", origin.sha256(), actual);
      } catch (LengthException e) {
        last =
            DatasetException.damaged(
                address.toString(),
                "size",
                "at most " + origin.largestDownload(),
                String.valueOf(e.getMessage()));
      } catch (IOException e) {
        last =
            DatasetException.unreachable(
                address.toString(), "could not fetch " + address + ": " + e, e);
      }
      remove(target);
    }
    throw last == null
        ? new IllegalArgumentException("a file to fetch needs an address, was " + origin)
        : last;
  }

  /** Whether an address answers; else why not. */
  @Nullable String unreachable(URI address) {
    try {
      HttpURLConnection connection = connect(address);
      int patience = (int) Math.min(silence.toMillis(), LONGEST_QUESTION.toMillis());
      connection.setConnectTimeout(patience);
      connection.setReadTimeout(patience);
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

  /** Copies a file, taking it up again as long as each try brings more of it. */
  private void copy(URI address, Path target, long most, Instant end) throws IOException {
    long there = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        resume(address, target, there, most, end);
        return;
      } catch (LengthException | TooSlowException e) {
        throw e;
      } catch (IOException e) {
        long now = Files.exists(target) ? Files.size(target) : 0;
        if (attempt == TRIES || now <= there) {
          throw e;
        }
        there = now;
      }
    }
  }

  private void resume(URI address, Path target, long from, long most, Instant end)
      throws IOException {
    HttpURLConnection connection = connect(address);
    try {
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      int code = connection.getResponseCode();
      boolean goesOn =
          code == HttpURLConnection.HTTP_PARTIAL
              && String.valueOf(connection.getHeaderField("Content-Range"))
                  .startsWith("bytes " + from + "-");
      if (code != HttpURLConnection.HTTP_OK && !goesOn) {
        throw new IOException("it answers " + code);
      }
      long start = goesOn ? from : 0;
      long promised = connection.getContentLengthLong();
      if (start + promised > most) {
        throw LengthException.longer(most);
      }
      long copied;
      try (InputStream in = new BoundedStream(connection.getInputStream(), most - start);
          OutputStream out =
              goesOn
                  ? Files.newOutputStream(target, StandardOpenOption.APPEND)
                  : Files.newOutputStream(target)) {
        copied = copy(in, out, end);
      }
      if (promised >= 0 && copied != promised) {
        throw new IOException("it ended after " + copied + " of " + promised + " bytes");
      }
    } finally {
      connection.disconnect();
    }
  }

  private long copy(InputStream in, OutputStream out, Instant end) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (clock.instant().isAfter(end)) {
        throw new TooSlowException(
            "it took longer than " + whole + ", and had brought " + copied + " bytes");
      }
      out.write(buffer, 0, read);
      copied += read;
    }
    return copied;
  }

  /** The time of a download is over. */
  private static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooSlowException(String message) {
      super(message);
    }
  }

  private HttpURLConnection connect(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    if (!(connection instanceof HttpURLConnection http)) {
      throw new IOException("it must be an http or https address");
    }
    http.setConnectTimeout((int) silence.toMillis());
    http.setReadTimeout((int) silence.toMillis());
    return http;
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw ByteFile.unreadable(target.toString(), e);
    }
  }
}
