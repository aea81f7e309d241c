package dev.rote.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a file, as they are now: the file is read again when a call comes and the last look
 * was more than a second ago, so that a key is revoked by taking its line away. Safe for use by
 * several threads.
 */
public final class Keyring {
  private static final Logger log = LoggerFactory.getLogger(Keyring.class);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final LongSupplier nanoTime;
  private String text;
  private KeyLines lines;
  private long looked;

  private Keyring(Path file, LongSupplier nanoTime, String text, KeyLines lines) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.text = text;
    this.lines = lines;
    this.looked = nanoTime.getAsLong();
  }

  /**
   * Reads a file for the first time.
   *
   * @throws IllegalArgumentException when it cannot be read, or has a line that is none
   */
  public static Keyring of(Path file, LongSupplier nanoTime) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file of keys " + file + " cannot be read: " + e, e);
    }
    KeyLines lines = KeyLines.parse(text);
    if (!lines.mistakes().isEmpty()) {
      throw new IllegalArgumentException(
          "the file of keys " + file + ": " + String.join("; ", lines.mistakes()));
    }
    return new Keyring(file, nanoTime, text, lines);
  }

  /** Whose key it is; empty when it is nobody's, or nobody's any more. */
  public synchronized Optional<Caller> holder(String key) {
    if (nanoTime.getAsLong() - looked > LOOK_NANOS) {
      look();
      looked = nanoTime.getAsLong();
    }
    return Optional.ofNullable(lines.callers().get(KeyHash.of(key)));
  }

  /* A file that cannot be read lets nobody in: it may have been taken away to that end. */
  private void look() {
    String now;
    try {
      now = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      if (!lines.callers().isEmpty()) {
        log.error("the file of keys {} cannot be read, and nobody is let in", file, e);
      }
      text = "";
      lines = new KeyLines(Map.of(), List.of());
      return;
    }
    if (!now.equals(text)) {
      text = now;
      lines = KeyLines.parse(now);
      log.info("the file of keys {} was changed: {} keys", file, lines.callers().size());
      lines.mistakes().forEach(mistake -> log.error("{}, {}", file, mistake));
    }
  }
}
