package dev.rote.cli;

import dev.rote.cli.progress.Terminal;
import dev.rote.cli.service.Service;
import dev.rote.cli.stack.LocalStack;
import dev.rote.cli.stack.LocalStacks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * One run of the command line.
 *
 * @param stack what happened to the local stack: {@code start}, {@code attach}, {@code keep up},
 *     {@code close}
 */
public record CommandLineRun(int exitCode, String out, String err, List<String> stack) {
  /** Key of the local stack. */
  static final String TOKEN = "own-key-of-the-stack";

  /** Runs against services whose addresses the local stack knows; it runs already if {@code up}. */
  public static CommandLineRun of(
      Map<Service, String> addresses,
      boolean up,
      Terminal terminal,
      Map<String, String> environment,
      String... args) {
    return of(addresses, up, terminal, environment, Path.of("home"), args);
  }

  /** Runs with Rote lying in {@code home}. */
  public static CommandLineRun of(
      Map<Service, String> addresses,
      boolean up,
      Terminal terminal,
      Map<String, String> environment,
      Path home,
      String... args) {
    return of(addresses, up, terminal, environment, home, Machine.USUAL, args);
  }

  /**
   * What a user has.
   *
   * @param output what results are written to
   * @param datasets of the stack that runs
   */
  public record Machine(Terminal output, Optional<String> datasets) {
    static final Machine USUAL = new Machine(Terminal.ENDLESS, Optional.empty());
  }

  /** Runs on a machine. */
  static CommandLineRun of(
      Map<Service, String> addresses,
      boolean up,
      Terminal terminal,
      Map<String, String> environment,
      Path home,
      Machine machine,
      String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> events = new ArrayList<>();
    Session session =
        new Session(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            terminal,
            machine.output(),
            environment,
            home,
            "../rote/rote",
            new KnownStacks(addresses, up, machine.datasets(), events),
            InstantSource.system());
    int exitCode = Rote.commandLine(session).execute(args);
    return new CommandLineRun(exitCode, out.toString(), err.toString(), events);
  }

  /** Runs against a stack that is up. */
  public static CommandLineRun of(FakeServices services, String... args) {
    return of(services.addresses(), true, Terminal.NONE, Map.of(), args);
  }

  /** Runs where nothing is up. */
  public static CommandLineRun alone(String... args) {
    return of(Map.of(), false, Terminal.NONE, Map.of(), args);
  }

  /** The command line itself, for its help. */
  static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Rote.commandLine(
        new Session(
            nowhere,
            nowhere,
            Terminal.NONE,
            Terminal.ENDLESS,
            Map.of(),
            Path.of("home"),
            "rote",
            new KnownStacks(Map.of(), false, Optional.empty(), new ArrayList<>()),
            InstantSource.system()));
  }

  /** What commands see where a stack of these addresses runs. */
  static Session session(Map<Service, String> addresses, Map<String, String> environment) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Session(
        nowhere,
        nowhere,
        Terminal.NONE,
        Terminal.ENDLESS,
        environment,
        Path.of("home"),
        "rote",
        new KnownStacks(addresses, true, Optional.empty(), new ArrayList<>()),
        InstantSource.system());
  }

  private record KnownStacks(
      Map<Service, String> addresses, boolean up, Optional<String> datasets, List<String> events)
      implements LocalStacks {
    @Override
    public Optional<LocalStack> running(Path state) {
      return up ? Optional.of(new KnownStack(addresses, true, datasets, events)) : Optional.empty();
    }

    @Override
    public Optional<LocalStack> joined(Path state) {
      return running(state);
    }

    @Override
    public LocalStack attachOrStart(Path state, Optional<Path> datasets, Consumer<String> notes) {
      events.add(up ? "attach" : "start");
      return new KnownStack(addresses, up, this.datasets, events);
    }

    @Override
    public boolean stop(Path state) {
      return up;
    }
  }

  private record KnownStack(
      Map<Service, String> addresses,
      boolean attached,
      Optional<String> datasets,
      List<String> events)
      implements LocalStack {
    @Override
    public Map<String, String> variables() {
      return Map.of(
          "ROTE_KAFKA", "localhost:9092", "ROTE_S3_SECRET_KEY", "hush", "ROTE_TOKEN", TOKEN);
    }

    @Override
    public Optional<String> datasets() {
      return datasets;
    }

    @Override
    public Optional<String> token() {
      return Optional.of(TOKEN);
    }

    @Override
    public String page() {
      return "http://localhost:8080";
    }

    @Override
    public String door() {
      return page() + "/?key=of-the-page";
    }

    @Override
    public void keepUp() {
      events.add("keep up");
    }

    @Override
    public boolean leave() {
      return attached;
    }

    @Override
    public void awaitEnd() {
      events.add("await");
    }

    @Override
    public void close() {
      events.add("close");
    }
  }
}
