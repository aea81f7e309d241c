package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with the real broker and object store, and with services of one page. */
@Timeout(240)
class StackIT {

  @TempDir Path home;
  private Path state;

  @BeforeEach
  void layOut() throws Exception {
    StackStandIn.layOut(home);
    state = home.resolve("state");
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static List<Long> pids(Stack stack) {
    return Arrays.stream(Part.values()).map(stack::pid).toList();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void shouldReviveAndAttachAndComeBackOnTheSamePorts_whenPartsAndSupervisorsCome()
      throws Exception {
    Addresses addresses;
    List<Long> pids;
    try (Stack stack = Stack.start(StackStandIn.settings(home, state))) {
      addresses = stack.addresses();
      assertThat(stack.attached()).isFalse();
      for (String kept : Layout.folders()) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(kept))))
            .as(kept)
            .isEqualTo("rwx------");
      }
      assertThatThrownBy(() -> Stack.start(StackStandIn.settings(home, state)))
          .isInstanceOfSatisfying(
              StackException.class,
              e -> assertThat(e.reason()).isEqualTo(StackException.Reason.IN_USE));

      long before = stack.pid(Part.TRAINER);
      ProcessHandle.of(before).orElseThrow().destroyForcibly();
      await("the trainer runs again", () -> isOther(stack, Part.TRAINER, before));

      stack.kill(Part.BROKER);
      assertThatThrownBy(() -> stack.pid(Part.BROKER)).isInstanceOf(StackException.class);
      stack.restart(Part.BROKER);
      stack.restart(Part.OBJECT_STORE);

      try (Stack attached = Stack.attachOrStart(StackStandIn.settings(home, state))) {
        assertThat(attached.attached()).isTrue();
        assertThat(attached.addresses()).isEqualTo(addresses);
        assertThat(pids(attached)).isEqualTo(pids(stack));
      }
      flood(stack);
      pids = pids(stack);
      assertThat(pids).allMatch(StackIT::runs);
    }
    assertThat(pids).noneMatch(StackIT::runs);
    assertThat(Stack.running(state)).isEmpty();
    assertThat(Files.readString(Layout.log(state, Part.SWEEPS))).contains(addresses.kafka());
    try (Stack again = Stack.start(StackStandIn.settings(home, state))) {
      assertThat(again.addresses()).isEqualTo(addresses);
    }
  }

  private static boolean isOther(Stack stack, Part part, long before) {
    try {
      return stack.pid(part) != before;
    } catch (StackException e) {
      return false;
    }
  }

  @Test
  void shouldLeaveNoProcess_whenTheSupervisorIsKilledOrAskedToEnd() throws Exception {
    for (boolean gently : new boolean[] {false, true}) {
      Process supervisor = standIn(home.resolve("supervisor.log"));
      await("the stack is up", () -> Stack.running(state).isPresent());
      Optional<Stack> stack = Stack.running(state);
      List<Long> pids = pids(stack.orElseThrow());
      if (gently) {
        assertThat(Stack.stop(state, Duration.ofSeconds(30))).isTrue();
        assertThat(pids).noneMatch(StackIT::runs);
        assertThat(Stack.stop(state, Duration.ofSeconds(30))).isFalse();
      } else {
        supervisor.destroyForcibly().waitFor();
        await("all children have ended", () -> pids.stream().noneMatch(StackIT::runs));
      }
    }
  }

  private Process standIn(Path log, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                StackStandIn.class.getName(),
                home.toString(),
                state.toString()));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private Process user(String name, String word) throws Exception {
    Path log = home.resolve(name);
    Process user = standIn(log, word);
    await(name + " has joined", () -> !user.isAlive() || Files.readString(log).contains("joined"));
    assertThat(log).content().contains("joined");
    return user;
  }

  private static void leave(Process user) throws Exception {
    user.getOutputStream().write('\n');
    user.getOutputStream().flush();
    assertThat(user.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldStayUpForTheOtherUsers_whenTheOneWhoStartedItLeavesOrIsKilled() throws Exception {
    Process first = user("first.log", "use");
    List<Long> pids = pids(Stack.supervised(state).orElseThrow());
    Process second = user("second.log", "use");
    assertThat(home.resolve("first.log")).content().contains("its own");
    assertThat(home.resolve("second.log")).content().contains("another's");

    first.destroyForcibly().waitFor();
    Process third = user("third.log", "use");
    leave(second);
    assertThat(home.resolve("second.log")).content().contains("left");
    assertThat(pids).allMatch(StackIT::runs);
    assertThat(Stack.running(state)).isPresent();

    leave(third);
    assertThat(pids).as("the last user saw to its end").noneMatch(StackIT::runs);
    assertThat(Stack.supervised(state)).isEmpty();
  }

  @Test
  void shouldStayUpUntilItIsAskedToStop_whenAUserKeepsIt() throws Exception {
    Process keeper = user("keeper.log", "keep");
    List<Long> pids = pids(Stack.supervised(state).orElseThrow());

    leave(keeper);
    leave(user("later.log", "use"));

    assertThat(pids).allMatch(StackIT::runs);
    assertThat(home.resolve("later.log")).content().contains("another's");
    assertThat(Stack.stop(state, Duration.ofSeconds(60))).isTrue();
    assertThat(pids).noneMatch(StackIT::runs);

    Process next = user("next.log", "use");
    List<Long> again = pids(Stack.supervised(state).orElseThrow());
    next.destroyForcibly().waitFor();
    await("it is kept up no longer", () -> again.stream().noneMatch(StackIT::runs));
  }

  /* One part has much to say about itself. */
  private static void flood(Stack stack) throws Exception {
    URL flood = URI.create(stack.http(Part.METRICS) + "/flood").toURL();
    assertThat(((HttpURLConnection) flood.openConnection()).getResponseCode()).isEqualTo(200);
    Path log = stack.log(Part.METRICS);
    await("all is written", () -> Files.readString(log).contains("the flood is over"));
    List<Path> logs;
    try (Stream<Path> files = Files.list(log.getParent())) {
      logs =
          files
              .filter(file -> file.getFileName().toString().startsWith("metrics.log"))
              .sorted()
              .toList();
    }
    assertThat(logs)
        .hasSize(3)
        .allSatisfy(file -> assertThat(Files.size(file)).isLessThan((4 << 20) + 100));
    assertThat(logs.subList(1, 3)).allSatisfy(file -> assertThat(file).content().endsWith("\n"));
    for (Part part : Part.values()) {
      assertThat(stack.log(part)).as("carried by the supervisor").exists();
    }
  }

  @Test
  void shouldNameWhatIsMissing_whenAServiceIsNotBuilt() throws Exception {
    Files.delete(home.resolve("services/metrics/quarkus-run.jar"));
    assertThatThrownBy(() -> Stack.start(StackStandIn.settings(home, state)))
        .isInstanceOfSatisfying(
            StackException.class,
            e -> assertThat(e.reason()).isEqualTo(StackException.Reason.NOT_BUILT))
        .hasMessageContaining("metrics");
    assertThat(state).doesNotExist();
  }
}
