package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.race.Work;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.corruption.formats.DecodedExamples;
import dev.rote.corruption.formats.Example;
import dev.rote.corruption.formats.ExampleReader;
import dev.rote.corruption.formats.FileFormats;
import dev.rote.corruption.formats.SetFiles;
import dev.rote.v1.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files of pictures read as the service reads them, by all cores of the JVM: from the bytes on disk
 * to the levels of each example, in the order of the file; nothing is made of them.
 */
final class RoteReading implements Work {
  private final FileFormats formats =
      new FileFormats(
          (file, part, bytes, content) -> {
            throw new IllegalStateException(file.name() + " is packed");
          });
  private final NamedFile root;

  private RoteReading(Path path) {
    this.root = new NamedFile(path.getFileName().toString(), path, "");
  }

  /**
   * Answers a race.
   *
   * @param arguments path of a file, or of a folder of pictures
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new RoteReading(Path.of(arguments[0])));
  }

  @Override
  public double[] check() {
    LevelMoments moments = new LevelMoments();
    read(
        example -> {
          for (byte level : Objects.requireNonNull(example.levels())) {
            moments.add(level & 0xFF);
          }
        });
    return moments.countMeanDeviation();
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      read(example -> {});
    }
  }

  private void read(Consumer<Example> each) {
    SetFiles set = set();
    FileSet described = formats.described(set, FileSet.getDefaultInstance());
    try (ExampleReader reader = formats.open(set, described);
        DecodedExamples examples = DecodedExamples.of(reader)) {
      for (Example example = examples.next(); example != null; example = examples.next()) {
        each.accept(example);
      }
    }
  }

  private SetFiles set() {
    if (!Files.isDirectory(root.path())) {
      return new SetFiles("train", root, false, List.of(root), List.of());
    }
    try (Stream<Path> pictures = Files.walk(root.path())) {
      List<NamedFile> files =
          pictures
              .filter(Files::isRegularFile)
              .sorted()
              .map(path -> new NamedFile(path.toString(), path, ""))
              .toList();
      return new SetFiles("train", root, true, files, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
