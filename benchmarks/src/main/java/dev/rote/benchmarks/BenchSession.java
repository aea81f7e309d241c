package dev.rote.benchmarks;

import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.report.Row;
import dev.rote.benchmarks.report.RowTable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a benchmark finds around it: a directory, ways to start contestants, and the table. */
public final class BenchSession {
  private static final int PROPERTIES = 4;

  private final Path work;
  private final double seconds;
  private final String cases;
  private final RowTable table;
  private final Consumer<String> progress;
  private final String python;
  private final boolean torch;

  BenchSession(Path work, double seconds, String cases, RowTable table, Consumer<String> progress) {
    this.work = work;
    this.seconds = seconds;
    this.cases = cases;
    this.table = table;
    this.progress = progress;
    this.python = python();
    this.torch = imports("torch");
  }

  /** An empty directory of the benchmark's own. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(work.resolve(name)).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds that each contestant of a race may measure. */
  public double seconds() {
    return seconds;
  }

  /** Whether a case of this name was asked for; names themselves have a blank after a comma. */
  public boolean wants(String name) {
    return Arrays.stream(cases.split(",(?! )", -1)).anyMatch(name::contains);
  }

  /** A JVM of its own with this one's class path. */
  public Contestant java(String name, Class<?> main, String... arguments) {
    return java(name, List.of("-Xmx4g"), main, arguments);
  }

  /**
   * A JVM of its own with this one's class path.
   *
   * @param options such as {@code -Xmx512m}
   */
  public Contestant java(String name, List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(PROPERTIES + options.size() + arguments.length);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Doffline=true");
    command.add("-DDJL_CACHE_DIR=" + work.resolve("djl").toAbsolutePath());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Contestant(name, command);
  }

  /** Whether {@code python3} finds PyTorch. */
  public boolean torch() {
    return torch;
  }

  /** The first python3 of the PATH that finds PyTorch, else simply the first. */
  private static String python() {
    String named = System.getProperty("rote.bench.python");
    if (named != null) {
      return named;
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "python3"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .filter(python -> imports(python, "torch"))
        .findFirst()
        .orElse("python3");
  }

  /** Whether {@code python3} finds a module. */
  public boolean imports(String module) {
    return imports(python, module);
  }

  private static boolean imports(String python, String module) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A script of {@code resources/peers}; none without PyTorch. */
  public Optional<Contestant> torch(String name, String script, String... arguments) {
    return torch ? Optional.of(python(name, script, arguments)) : Optional.empty();
  }

  /**
   * A script of {@code resources/peers}, which may import {@code contestant} and {@code presets}.
   */
  public Contestant python(String name, String script, String... arguments) {
    Path scripts = directory("peers");
    copy("contestant.py", scripts);
    copy("presets.py", scripts);
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(copy(script, scripts).toString());
    command.addAll(List.of(arguments));
    return new Contestant(name, command);
  }

  private static Path copy(String script, Path directory) {
    Path target = directory.resolve(script);
    try (InputStream in = BenchSession.class.getResourceAsStream("/peers/" + script)) {
      if (in == null) {
        throw new IllegalArgumentException("no script /peers/" + script);
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells what is going on. */
  public void progress(String line) {
    progress.accept(line);
  }

  /** Puts a line into the table. */
  public void add(Row row) {
    table.add(row);
    progress.accept(RowTable.line(row));
  }
}
