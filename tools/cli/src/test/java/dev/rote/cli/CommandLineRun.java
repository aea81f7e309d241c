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
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> events = new ArrayList<>();
    Session session =
        new Session(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            terminal,
            environment,
            home,
            "../rote/rote",
            new KnownStacks(addresses, up, events),
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
            Map.of(),
            Path.of("home"),
            "rote",
            new KnownStacks(Map.of(), false, new ArrayList<>()),
            InstantSource.system()));
  }

  private record KnownStacks(Map<Service, String> addresses, boolean up, List<String> events)
      implements LocalStacks {
    @Override
    public Optional<LocalStack> running(Path state) {
      return up ? Optional.of(new KnownStack(addresses, true, events)) : Optional.empty();
    }

    @Override
    public Optional<LocalStack> joined(Path state) {
      return running(state);
    }

    @Override
    public LocalStack attachOrStart(Path state, Optional<Path> datasets, Consumer<String> notes) {
      events.add(up ? "attach" : "start");
      return new KnownStack(addresses, up, events);
    }

    @Override
    public boolean stop(Path state) {
      return up;
    }
  }

  private record KnownStack(Map<Service, String> addresses, boolean attached, List<String> events)
      implements LocalStack {
    @Override
    public Map<String, String> variables() {
      return Map.of("ROTE_KAFKA", "localhost:9092", "ROTE_S3_SECRET_KEY", "hush");
    }

    @Override
    public String page() {
      return "http://localhost:8080";
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
