package dev.rote.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a supervisor that outlives the process that asks for it. */
final class SupervisorProcess {

  private static final Logger log = LoggerFactory.getLogger(SupervisorProcess.class);
  private static final String[] FLAGS = {
    "-Xms16m",
    "-Xmx96m",
    "-Xss512k",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true"
  };

  private SupervisorProcess() {}

  /**
   * Starts a supervisor and waits until its stack is ready.
   *
   * @return false when another one has the state directory
   * @throws StackException when the stack does not become ready
   */
  static boolean start(StackSettings settings) {
    try {
      Path output = SupervisorMain.log(settings.state());
      Files.createDirectories(output.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command(settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().putAll(settings.environment());
      Process supervisor = builder.start();
      supervisor.getOutputStream().close();
      return await(supervisor, settings);
    } catch (IOException e) {
      throw new StackException(
          StackException.Reason.NOT_READY,
          "the supervisor of %s did not start: %s; its log is %s"
              .formatted(
                  settings.state(), FileTrouble.words(e), SupervisorMain.log(settings.state())),
          e);
    }
  }

  private static boolean await(Process supervisor, StackSettings settings) throws IOException {
    BufferedReader words =
        new BufferedReader(
            new InputStreamReader(supervisor.getInputStream(), StandardCharsets.UTF_8));
    Optional<StackException> failure = SupervisorWords.await(words, settings.notes(), log::warn);
    if (failure.isEmpty()) {
      follow(words);
      return true;
    }
    if (failure.get().reason() == StackException.Reason.IN_USE) {
      return false;
    }
    throw failure.get();
  }

  private static void follow(BufferedReader words) {
    Thread listener =
        new Thread(
            () -> {
              try (words) {
                SupervisorWords.follow(words, log::warn);
              } catch (IOException e) {
                log.debug("the supervisor is not heard any more", e);
              }
            },
            "rote-supervisor-words");
    listener.setDaemon(true);
    listener.start();
  }

  /* What a terminal sends to its foreground (Ctrl-C, Ctrl-Z, the end of the session) is not meant for the supervisor. */
  private static List<String> command(StackSettings settings) {
    List<String> command = new ArrayList<>(Layout.ignoring("INT HUP TSTP"));
    command.add(Layout.java());
    command.addAll(List.of(FLAGS));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SupervisorMain.class.getName(),
            settings.state().toString(),
            settings.home().toString(),
            Long.toString(settings.patience().toMillis())));
    settings.datasets().ifPresent(directory -> command.add(directory.toString()));
    return command;
  }
}
