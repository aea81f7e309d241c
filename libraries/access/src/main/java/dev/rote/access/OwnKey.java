package dev.rote.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The key that a program shows to others; read again from its file, for it may be exchanged. */
public final class OwnKey {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private OwnKey() {}

  /** None: the others let anybody in. */
  public static Supplier<Optional<String>> none() {
    return Optional::empty;
  }

  /**
   * A key by settings; the file goes before.
   *
   * @param key the key itself
   * @param file a file that holds nothing else; each look is at most a second old
   */
  public static Supplier<Optional<String>> of(Optional<String> key, Optional<Path> file) {
    return file.<Supplier<Optional<String>>>map(path -> new InFile(path, System::nanoTime))
        .orElse(() -> key.filter(text -> !text.isBlank()));
  }

  private static final class InFile implements Supplier<Optional<String>> {
    private final Path file;
    private final LongSupplier nanoTime;
    private Optional<String> key = Optional.empty();
    private long looked;

    InFile(Path file, LongSupplier nanoTime) {
      this.file = file;
      this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Optional<String> get() {
      if (key.isEmpty() || nanoTime.getAsLong() - looked > LOOK_NANOS) {
        try {
          key = Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
          // While it is exchanged, the one that was there goes on.
          if (key.isEmpty()) {
            throw new UncheckedIOException("the key in " + file + " cannot be read", e);
          }
        }
        looked = nanoTime.getAsLong();
      }
      return key;
    }
  }
}
