package dev.rote.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackRecordTest {
  @TempDir Path state;

  private StackRecord started(Optional<Path> datasets) {
    StackRecord.fresh().started(Map.of("kafka", 9092), true, datasets).write(state);
    return StackRecord.read(state).orElseThrow();
  }

  @Test
  void shouldKeepTheDatasetsOfItsStack() {
    assertThat(started(Optional.of(Path.of("/data"))).datasets()).contains("/data");
    assertThat(started(Optional.empty()).datasets()).as("none, and that is known").contains("");
  }

  @Test
  void shouldReadRecordsOfEarlierAndLaterVersions() throws IOException {
    started(Optional.of(Path.of("/data")));
    Path file = state.resolve("stack.json");
    String today = Files.readString(file);
    assertThat(today).contains("\"datasets\" : \"/data\",");

    Files.writeString(file, today.replace("\"datasets\" : \"/data\",", ""));
    StackRecord earlier = StackRecord.read(state).orElseThrow();
    assertThat(earlier.datasets()).as("not known").isEmpty();
    assertThat(earlier.port("kafka")).isEqualTo(9092);

    Files.writeString(file, today.replace("\"datasets\"", "\"later\" : 1, \"datasets\""));
    assertThat(StackRecord.read(state).orElseThrow().datasets()).contains("/data");
  }

  @Test
  void shouldKeepItsTokenFromStartToStart() throws IOException {
    StackRecord first = started(Optional.empty());
    assertThat(first.token()).map(String::length).contains(64);
    assertThat(first.started(Map.of(), true, Optional.empty()).token()).isEqualTo(first.token());

    Path file = state.resolve("stack.json");
    Files.writeString(file, Files.readString(file).replaceAll("\"token\" : \"\\w+\",", ""));
    StackRecord earlier = StackRecord.read(state).orElseThrow();
    assertThat(earlier.token()).as("an earlier Rote asks for none").isEmpty();
    assertThat(earlier.started(Map.of(), true, Optional.empty()).token()).isPresent();
  }
}
