package dev.rote.embedded;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The supervisor as a process of its own: {@code SupervisorMain STATE HOME PATIENCE_MILLIS
 * [DATASETS]}. It starts the stack, tells the process that asked for it how that goes ({@link
 * SupervisorWords}), and ends with the stack's last user.
 */
public final class SupervisorMain {

  private static final Duration LOOK = Duration.ofMillis(300);

  private SupervisorMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length < 3) {
      System.err.println("usage: SupervisorMain STATE HOME PATIENCE_MILLIS [DATASETS]");
      System.exit(2);
    }
    Path state = Path.of(args[0]);
    SupervisorWords words = new SupervisorWords(System.out);
    System.setErr(new PrintStream(RotatingFile.log(log(state)), true, StandardCharsets.UTF_8));
    StackLogging.start(words::warning);
    StackSettings settings =
        new StackSettings(
            state,
            args.length > 3 ? Optional.of(Path.of(args[3])) : Optional.empty(),
            Path.of(args[1]),
            Map.of(),
            Duration.ofMillis(Long.parseLong(args[2])),
            words::note);
    supervise(settings, words);
  }

  /** Where a supervisor of its own writes what happens. */
  static Path log(Path state) {
    return state.resolve(Layout.LOGS).resolve("supervisor.log");
  }

  private static void supervise(StackSettings settings, SupervisorWords words)
      throws InterruptedException {
    Thread watch = new Thread(() -> awaitLastUser(settings.state()), "rote-last-user");
    watch.setDaemon(true);
    try (Stack stack =
        SupervisedStack.start(settings, true, watch::start)
            .orElseThrow(() -> StackException.inUse(settings.state()))) {
      words.ready();
      stack.awaitEnd();
    } catch (StackException e) {
      words.failed(e);
      System.exit(1);
    }
  }

  /* Leaving by System.exit stops a stack in whatever state it is; the lock is held until then. */
  private static void awaitLastUser(Path state) {
    StackUsers users = StackUsers.at(state);
    try {
      while (StackUsers.kept(state) || !users.shutOut() || letIn(state, users)) {
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    System.exit(0);
  }

  /* The last user may have kept the stack up just before it left. */
  private static boolean letIn(Path state, StackUsers users) {
    if (!StackUsers.kept(state)) {
      return false;
    }
    users.leave();
    return true;
  }
}
