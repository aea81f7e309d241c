package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/compose.md says of every image. */
@OnContainers
class ImagesIT {
  private static final String USER = "10001:10001";

  static Stream<String> images() {
    return ImagesCondition.IMAGES.stream();
  }

  private static String name(String image) {
    return ImagesCondition.REPOSITORY + "/" + image + ":" + ImagesCondition.TAG;
  }

  private static String docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process docker = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(docker.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(docker.exitValue()).as(said).isZero();
    return said;
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldSayWhatItIsWhenAnImageIsInspected(String image) throws Exception {
    JsonArray inspected = JsonParser.parseString(docker("inspect", name(image))).getAsJsonArray();
    JsonObject config = inspected.get(0).getAsJsonObject().getAsJsonObject("Config");
    assertThat(config.get("User").getAsString()).isEqualTo(USER);
    JsonObject labels = config.getAsJsonObject("Labels");
    for (String label : List.of("title", "version", "revision", "source", "created")) {
      assertThat(labels.get("org.opencontainers.image." + label).getAsString())
          .as(label)
          .isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldListItsLibrariesAndOwnNoFileWhenAnImageIsLookedInto(String image) throws Exception {
    String looked =
        docker(
            "run",
            "--rm",
            "--read-only",
            "--entrypoint",
            "bash",
            name(image),
            "-c",
            "find /app -writable | grep . && exit 1; cat /app/sbom.json");
    JsonObject bill = JsonParser.parseString(looked).getAsJsonObject();
    assertThat(bill.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
    assertThat(bill.getAsJsonArray("components").size()).isGreaterThan(20);
  }
}
