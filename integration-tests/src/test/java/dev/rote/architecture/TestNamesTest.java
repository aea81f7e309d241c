package dev.rote.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A suite's name says what it needs: {@code XTest} nothing, {@code XIT} whatever it starts. */
class TestNamesTest {
  private static final Pattern STARTS =
      Pattern.compile(
          "(?m)\\bBroker\\.start\\(|\\bTestStore\\.start\\(|^@QuarkusTest\\b"
              + "|\\bnew TestStack\\(|\\bLaboratory\\.open\\(");

  @Test
  void suitesThatStartBrokersStoresOrServices_areIntegrationTestsByName() throws IOException {
    List<String> misnamed = new ArrayList<>();
    int seen = 0;
    for (String module : Modules.all()) {
      Path tests = Parts.HOME.resolve(module).resolve("src/test/java");
      if (!Files.isDirectory(tests)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(tests)) {
        for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
          seen++;
          if (STARTS.matcher(Files.readString(file)).find()) {
            misnamed.add(file.toString());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(100);
    assertThat(misnamed).isEmpty();
  }
}
