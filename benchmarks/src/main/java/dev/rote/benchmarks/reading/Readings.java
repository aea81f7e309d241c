package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Alone;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.race.Timing;
import dev.rote.benchmarks.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A user's own files that are read, beside what no reader can do without: decoding their pictures,
 * which lie in memory, by the same codecs; and those files becoming a variant, which an archive
 * does beside its unpacking. All have one core first, and then all cores. The check is mean and
 * deviation of all levels. Then a file of 5 GB alone, in little memory.
 */
public final class Readings implements Benchmark {
  private static final String NAME = "reading";
  private static final String READING = "Rote";
  private static final String MAKING = "a variant";
  private static final String DECODING = "decoding alone";
  private static final String ON_ONE = "decoding alone, one core";
  private static final double TOLERANCE = 1e-9;
  private static final double MICROS = 1e6;
  private static final double MIB = 1 << 20;

  /** At most one and a half times as long. */
  private static final double TARGET = 1 / 1.5;

  private static final long LARGE_BYTES = 5_000_000_000L;

  /** Of the service where {@code ./rote} starts it. */
  private static final String HEAP = "192m";

  private static final String LARGE_HEAP = "512m";
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final long BOUND = 1L << 30;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "files that are read and become variants beside decoding them, and a Parquet file of 5 GB";
  }

  @Override
  public void run(BenchSession session) {
    for (ReadingCase each : ReadingCase.ALL) {
      if (session.wants(each.name())) {
        Path directory = session.directory(each.folder());
        PictureFiles.write(each, directory);
        IntStream.of(1, CORES)
            .distinct()
            .forEach(
                cores -> {
                  if (each.layout() == ReadingCase.Layout.ARCHIVE) {
                    archive(each, cores, directory, session);
                  } else {
                    pictures(each, cores, directory, session);
                  }
                });
      }
    }
    if (session.wants(ReadingCase.LARGE.name())) {
      large(session);
    }
  }

  private static void pictures(ReadingCase of, int cores, Path directory, BenchSession session) {
    List<String> options = options(HEAP, cores);
    Times times =
        new Race(
                List.of(
                    reading(of, options, directory, session),
                    making(of, options, of.examples(), directory, session),
                    decoding(of, DECODING, cores, directory, session)),
                TOLERANCE,
                session.seconds())
            .run(directory);
    double scale = MICROS / of.examples();
    double decoding = times.of(DECODING).least();
    double making = times.of(MAKING).least();
    session.add(
        new Row(
            NAME,
            subject(of, cores),
            "us/example",
            times.of(READING).least() * scale,
            Map.of(DECODING, decoding * scale),
            OptionalDouble.of(TARGET),
            Map.of(
                "reading takes",
                longer(times.of(READING).least() / decoding),
                MAKING,
                format("%.1f us/example, %s", making * scale, longer(making / decoding)))));
  }

  private static void archive(ReadingCase of, int cores, Path directory, BenchSession session) {
    Contestant alone =
        session.java(
            "unpacking alone",
            options("4g", cores),
            UnpackingAlone.class,
            directory.resolve(of.path()).toString());
    Times times =
        new Race(
                List.of(making(of, options(HEAP, cores), of.examples(), directory, session), alone),
                TOLERANCE,
                session.seconds())
            .run(directory);
    double scale = MICROS / of.examples();
    session.add(
        new Row(
            NAME,
            subject(of, cores),
            "us/example",
            times.of(MAKING).least() * scale,
            times.besides(MAKING, scale),
            OptionalDouble.empty(),
            Map.of()));
  }

  private static String subject(ReadingCase of, int cores) {
    return of.name() + ", " + of.examples() + " examples, cores " + cores;
  }

  private static List<String> options(String heap, int cores) {
    return List.of("-Xmx" + heap, "-XX:ActiveProcessorCount=" + cores);
  }

  private static Contestant reading(
      ReadingCase of, List<String> options, Path directory, BenchSession session) {
    return session.java(
        READING, options, RoteReading.class, directory.resolve(of.path()).toString());
  }

  private static Contestant making(
      ReadingCase of, List<String> options, long examples, Path directory, BenchSession session) {
    return session.java(
        MAKING,
        options,
        VariantMaking.class,
        of.path(),
        Long.toString(examples),
        directory.toString());
  }

  private static Contestant decoding(
      ReadingCase of, String name, int cores, Path directory, BenchSession session) {
    return session.java(
        name,
        options("4g", cores),
        DecodingAlone.class,
        directory.resolve(PictureFiles.PICTURES).toString(),
        of.encoding());
  }

  private static void large(BenchSession session) {
    ReadingCase of = ReadingCase.LARGE;
    Path directory = session.directory(of.folder());
    Path file = directory.resolve(of.path());
    try {
      long examples = PictureFiles.writeLarge(of, LARGE_BYTES, directory);
      long bytes = Files.size(file);
      session.progress("reading: " + file + " has " + bytes + " bytes");
      List<String> options = options(LARGE_HEAP, CORES);
      Timing reading = new Alone(reading(of, options, directory, session)).run(1, directory);
      Timing making =
          new Alone(making(of, options, examples, directory, session)).run(1, directory);
      int times = Math.toIntExact(examples / of.examples());
      double decoding = decoding(of, times, CORES, directory, session);
      double onOne = decoding(of, times, 1, directory, session);
      Map<String, String> notes = new LinkedHashMap<>();
      notes.put("bytes of the file", Long.toString(bytes));
      notes.put("reading takes", longer(reading.least() / decoding));
      notes.put("of decoding on one core", longer(reading.least() / onOne));
      notes.put(MAKING, format("%.1f s, %s", making.least(), longer(making.least() / decoding)));
      notes.put("most memory resident", format("%.0f MiB", making.peakBytes() / MIB));
      notes.put("under 1 GiB", making.peakBytes() < BOUND ? "yes" : "no");
      session.add(
          new Row(
              NAME,
              of.name() + ", " + examples + " examples, cores " + CORES + ", heap " + LARGE_HEAP,
              "s",
              reading.least(),
              Map.of(DECODING, decoding, ON_ONE, onOne),
              OptionalDouble.of(TARGET),
              notes));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double decoding(
      ReadingCase of, int times, int cores, Path directory, BenchSession session) {
    return new Alone(decoding(of, DECODING, cores, directory, session))
        .run(times, directory)
        .least();
  }

  private static String longer(double ratio) {
    return format("%.2f times as long", ratio);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
