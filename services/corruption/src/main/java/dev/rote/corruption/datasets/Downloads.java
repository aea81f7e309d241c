package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.Connections.Request;
import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.corruption.datasets.Hosts.NotAskedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches files over HTTP and checks their sums. A connection that breaks off is taken up again
 * where it ended; size, time and rate of a download are bounded, the latter more narrowly where
 * nobody waits for it.
 */
public final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
  private static final int TRIES = 5;

  /** What is answered where asking again is of no use: 401, 403, 404 and 410. */
  private static final Set<Integer> NOT_GIVEN =
      Set.of(
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_GONE);

  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(5);

  private final Duration silence;
  private final Duration whole;
  private final Connections connections;
  private final BooleanSupplier stopped;
  private final InstantSource clock;

  /**
   * @param silence bound of connecting, and of each wait for more bytes
   * @param whole bound of one download
   * @param hosts that are asked
   * @param stopped asked by whoever fetches: whether nobody waits for the file any more
   */
  public Downloads(Duration silence, Duration whole, Hosts hosts, BooleanSupplier stopped) {
    this(silence, whole, hosts, stopped, InstantSource.system());
  }

  Downloads(
      Duration silence, Duration whole, Hosts hosts, BooleanSupplier stopped, InstantSource clock) {
    this.stopped = stopped;
    this.silence = silence;
    this.whole = whole;
    this.connections = new Connections(hosts);
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
        checkSum(address.toString(), origin.sha256(), target);
        return;
      } catch (LengthException e) {
        last = tooLong(address.toString(), origin.largestDownload(), e);
      } catch (DatasetException e) {
        last = e;
      } catch (IOException e) {
        last = unreachable(address.toString(), e);
      }
      remove(target);
    }
    throw last == null
        ? new IllegalArgumentException("a file to fetch needs an address, was " + origin)
        : last;
  }

  /**
   * A file that a user names.
   *
   * @param field path of the field that names it
   * @param name as which it is known: the address may hold a signature
   * @param most bytes that it may have
   */
  record Wanted(String field, String name, URI address, String sha256, long most) {}

  /**
   * Fetches a user's own file.
   *
   * @param target where it goes; nothing is left there unless the sum is right
   * @throws DatasetException with reason {@code DAMAGED} for other bytes, {@code MISSING} when the
   *     address has no such file or does not give it, {@code REFUSED} when its host is not asked,
   *     {@code UNREACHABLE} when it does not answer or the time is over
   */
  void fetch(Wanted wanted, Path target) {
    boolean fetched = false;
    try {
      copy(wanted.address, target, wanted.most, clock.instant().plus(whole));
      if (!VerifiedFiles.sum(target).equals(wanted.sha256)) {
        throw DatasetException.another(wanted.name, wanted.sha256);
      }
      fetched = true;
    } catch (LengthException e) {
      throw tooLong(wanted.name, wanted.most, e);
    } catch (NotAskedException e) {
      throw DatasetException.refused(
          wanted.field, wanted.name + " is not fetched: " + e.getMessage());
    } catch (AnsweredException e) {
      throw NOT_GIVEN.contains(e.code)
          ? DatasetException.missing("files", wanted.name + " cannot be fetched: " + e.getMessage())
          : unreachable(wanted.name, e);
    } catch (IOException e) {
      throw unreachable(wanted.name, e);
    } finally {
      if (!fetched) {
        remove(target);
      }
    }
  }

  private static void checkSum(String name, String sha256, Path target) throws IOException {
    String actual = VerifiedFiles.sum(target);
    if (!actual.equals(sha256)) {
      throw DatasetException.damaged(name, "SHA-256", sha256, actual);
    }
  }

  private static DatasetException tooLong(String name, long most, LengthException e) {
    return DatasetException.damaged(
        name, "size", "at most " + most, String.valueOf(e.getMessage()));
  }

  private static DatasetException unreachable(String name, IOException e) {
    return DatasetException.unreachable(name, "could not fetch " + name + ": " + words(name, e), e);
  }

  /* What sockets say of hosts is for who runs the service alone. */
  private static String words(String name, IOException e) {
    boolean ours =
        e instanceof AnsweredException
            || e instanceof BrokenOffException
            || e instanceof TimedStream.TooSlowException
            || e instanceof NotAskedException;
    if (ours) {
      return String.valueOf(e.getMessage());
    }
    LOG.warn("could not fetch {}", name, e);
    return e instanceof SSLException
        ? "the encryption or the certificate of its host is not believed"
        : "its host could not be reached, or broke off";
  }

  /** A stream of another origin within the time of one download. */
  InputStream timed(InputStream in) {
    return new TimedStream(in, clock, clock.instant().plus(whole), whole, stopped);
  }

  /** Whether an address answers; else why not. */
  @Nullable String unreachable(URI address) {
    Duration patience = silence.compareTo(LONGEST_QUESTION) < 0 ? silence : LONGEST_QUESTION;
    try {
      HttpURLConnection connection =
          connections.ask(address, new Request("HEAD", Map.of(), patience));
      try {
        int code = connection.getResponseCode();
        return code == HttpURLConnection.HTTP_OK ? null : "it answers " + code;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return words(address.toString(), e);
    }
  }

  /** Copies a file, taking it up again as long as each try brings more of it. */
  private void copy(URI address, Path target, long most, Instant end) throws IOException {
    long there = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        resume(address, target, there, most, end);
        return;
      } catch (LengthException | TimedStream.TooSlowException | NotAskedException e) {
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
    Map<String, String> range = from > 0 ? Map.of("Range", "bytes=" + from + "-") : Map.of();
    HttpURLConnection connection = connections.ask(address, new Request("GET", range, silence));
    try {
      int code = connection.getResponseCode();
      boolean goesOn =
          code == HttpURLConnection.HTTP_PARTIAL
              && String.valueOf(connection.getHeaderField("Content-Range"))
                  .startsWith("bytes " + from + "-");
      if (code != HttpURLConnection.HTTP_OK && !goesOn) {
        throw new AnsweredException(code);
      }
      long start = goesOn ? from : 0;
      long promised = connection.getContentLengthLong();
      if (start + promised > most) {
        throw LengthException.longer(most);
      }
      long copied;
      try (InputStream in =
              new TimedStream(
                  new BoundedStream(connection.getInputStream(), most - start),
                  clock,
                  end,
                  whole,
                  stopped);
          OutputStream out =
              goesOn
                  ? Files.newOutputStream(target, StandardOpenOption.APPEND)
                  : Files.newOutputStream(target)) {
        copied = in.transferTo(out);
      }
      if (promised >= 0 && copied != promised) {
        throw new BrokenOffException("it ended after " + copied + " of " + promised + " bytes");
      }
    } finally {
      connection.disconnect();
    }
  }

  /** There are fewer bytes than were promised. */
  private static final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    private BrokenOffException(String message) {
      super(message);
    }
  }

  /** The server has answered that it does not give the file. */
  private static final class AnsweredException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private AnsweredException(int code) {
      super("it answers " + code);
      this.code = code;
    }
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw ByteFile.unreadable(target.toString(), e);
    }
  }
}
