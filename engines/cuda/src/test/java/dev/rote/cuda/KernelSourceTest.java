package dev.rote.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels compile for each kind of card: that needs no card where nvcc is installed. */
class KernelSourceTest {
  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_90"})
  void source_byNvcc_compiles(String card, @TempDir Path directory)
      throws IOException, InterruptedException {
    assumeTrue(nvccIsThere(), "nvcc is not on the PATH of this machine");
    Path source = directory.resolve("kernels.cu");
    try (InputStream in = KernelSourceTest.class.getResourceAsStream("kernels.cu")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    Process nvcc =
        new ProcessBuilder(
                "nvcc", "-Werror", "all-warnings", "-arch=" + card, "-cubin", source.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(nvcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(nvcc.waitFor()).as(said).isZero();
  }

  private static boolean nvccIsThere() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve("nvcc")));
  }
}
