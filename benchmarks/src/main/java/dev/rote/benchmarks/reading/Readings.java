package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Folders of pictures that Rote reads for the first time, beside their decoding alone. The check is
 * the mean of all pixels.
 */
public final class Readings implements Benchmark {
  private static final String ROTE = "Rote";
  private static final double TOLERANCE = 1e-9;
  private static final double TARGET = 1 / 1.5;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return "reading";
  }

  @Override
  public String summary() {
    return PictureFiles.EXAMPLES + " pictures read into the cache, beside their decoding alone";
  }

  @Override
  public void run(BenchSession session) {
    for (String format : List.of("png", "jpg")) {
      Path directory = session.directory("reading-" + format);
      Path folder = directory.resolve("pictures");
      PictureFiles.write(folder, format);
      List<Contestant> contestants =
          List.of(
              session.java(
                  ROTE,
                  "192m",
                  RoteReading.class,
                  folder.toString(),
                  session.directory("reading-cache").toString()),
              session.java("decoding alone", DecodingAlone.class, folder.toString()));
      Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
      session.add(
          new Row(
              name(),
              PictureFiles.EXAMPLES + " " + format + ", 32 x 32 x 3",
              "ms",
              times.of(ROTE).least() * MILLIS,
              times.besides(ROTE, MILLIS),
              OptionalDouble.of(TARGET),
              Map.of("memory", times.peaks())));
    }
  }
}
