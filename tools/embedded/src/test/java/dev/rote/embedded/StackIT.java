package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      Process supervisor =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StackStandIn.class.getName(),
                  home.toString(),
                  state.toString())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("supervisor.log").toFile())
              .start();
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
