package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutOfMemoryIT {

  /** Runs in a process of its own. */
  static final class Victim {
    public static void main(String[] args) throws InterruptedException {
      Pulse pulse = new Pulses().part("loop", java.time.Duration.ofMinutes(1));
      Thread loop =
          new Thread(
              pulse.task(
                  () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                  }));
      loop.start();
      loop.join();
      Thread.sleep(60_000);
    }
  }

  @Test
  void outOfMemory_inOneThread_endsTheWholeProcess() throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(victim.exitValue()).isEqualTo(OutOfMemory.EXIT_CODE);
    } finally {
      victim.destroyForcibly();
    }
  }
}
