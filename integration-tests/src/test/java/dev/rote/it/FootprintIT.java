package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the embedded stack costs while nothing runs on it. */
class FootprintIT {
  private static final long LARGEST_IDLE_KIB = 1536L * 1024;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
  void shouldHoldLittleMemoryWhenNothingRuns() throws Exception {
    Path state = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "idle");
    try (Stack stack = Stack.start(StackSettings.of(state, Optional.empty(), note -> {}))) {
      long total = residentKib(ProcessHandle.current().pid());
      for (Part part : Part.values()) {
        total += residentKib(stack.pid(part));
      }
      assertThat(total).isLessThan(LARGEST_IDLE_KIB);
    }
  }

  private static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
