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

/**
 * A user's own files that become variants, beside what no reader can do without: decoding their
 * pictures, which lie in memory, by the same codecs, or unpacking their archive. Each has one
 * thread. The check is mean and deviation of all levels. Then a file of 5 GB alone, in little
 * memory.
 */
public final class Readings implements Benchmark {
  private static final String NAME = "reading";
  private static final String ROTE = "Rote";
  private static final String DECODING = "decoding alone";
  private static final double TOLERANCE = 1e-9;
  private static final double MICROS = 1e6;
  private static final double MIB = 1 << 20;

  /** At most one and a half times as long. */
  private static final double TARGET = 1 / 1.5;

  private static final long LARGE_BYTES = 5_000_000_000L;

  /** Of the service where {@code ./rote} starts it. */
  private static final String HEAP = "192m";

  private static final String LARGE_HEAP = "512m";
  private static final long BOUND = 1L << 30;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "files that become variants beside decoding them, and a Parquet file of 5 GB";
  }

  @Override
  public void run(BenchSession session) {
    ReadingCase.ALL.stream()
        .filter(each -> session.wants(each.name()))
        .forEach(each -> beside(each, session));
    if (session.wants(ReadingCase.LARGE.name())) {
      large(session);
    }
  }

  private static void beside(ReadingCase of, BenchSession session) {
    Path directory = session.directory(of.folder());
    PictureFiles.write(of, directory);
    boolean archive = of.layout() == ReadingCase.Layout.ARCHIVE;
    String other = archive ? "unpacking alone" : DECODING;
    Contestant alone =
        archive
            ? session.java(other, UnpackingAlone.class, directory.resolve(of.path()).toString())
            : decoding(of, directory, session);
    List<Contestant> contestants =
        List.of(rote(of, HEAP, of.examples(), directory, session), alone);
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    double scale = MICROS / of.examples();
    double rote = times.of(ROTE).least();
    session.add(
        new Row(
            NAME,
            of.name() + ", " + of.examples() + " examples, one thread",
            "us/example",
            rote * scale,
            times.besides(ROTE, scale),
            archive ? OptionalDouble.empty() : OptionalDouble.of(TARGET),
            Map.of("reading takes", longer(rote / times.of(other).least()))));
  }

  private static Contestant rote(
      ReadingCase of, String heap, long examples, Path directory, BenchSession session) {
    return session.java(
        ROTE, heap, RoteReading.class, of.path(), Long.toString(examples), directory.toString());
  }

  private static Contestant decoding(ReadingCase of, Path directory, BenchSession session) {
    return session.java(
        DECODING,
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
      Timing timing =
          new Alone(rote(of, LARGE_HEAP, examples, directory, session)).run(1, directory);
      int times = Math.toIntExact(examples / of.examples());
      double decoding = new Alone(decoding(of, directory, session)).run(times, directory).least();
      Map<String, String> notes = new LinkedHashMap<>();
      notes.put("bytes of the file", Long.toString(bytes));
      notes.put("most memory resident", format("%.0f MiB", timing.peakBytes() / MIB));
      notes.put("reading takes", longer(timing.least() / decoding));
      notes.put("under 1 GiB", timing.peakBytes() < BOUND ? "yes" : "no");
      session.add(
          new Row(
              NAME,
              of.name() + ", " + examples + " examples, heap " + LARGE_HEAP,
              "s",
              timing.least(),
              Map.of(DECODING, decoding),
              OptionalDouble.of(TARGET),
              notes));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String longer(double ratio) {
    return format("%.2f times as long", ratio);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
