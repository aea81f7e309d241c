package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import dev.rote.testkit.Laboratory;
import dev.rote.testkit.Site;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A broker that froze: its connections stay open, and nothing ever comes. There is no work that a
 * lease or a tick could run out on.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be frozen there")
class FrozenBrokerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Longer than producers wait. */
  private static final Duration FROZEN = Duration.ofSeconds(75);

  private static final Pattern STANDING =
      Pattern.compile("(?m)^rote_parts_standing(?:\\{.*})? (\\d+)\\.0$");

  private static final Map<Part, List<String>> PARTS =
      Map.of(
          Part.SWEEPS,
          List.of("config door", "lease clock and workflow", "offers of rote.work.reports"),
          Part.CORRUPTION,
          List.of("offers of rote.work.variants"),
          Part.TRAINER,
          List.of("offers of rote.work.trials"),
          Part.METRICS,
          List.of("offers of rote.work.measurements"));

  private record Standing(boolean ready, Map<String, String> reasons) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private Stack stack;
  private Laboratory laboratory;

  @BeforeEach
  void start() throws Exception {
    Path laboratories = Files.createDirectories(Path.of("target", "laboratories"));
    stack =
        Stack.start(
            StackSettings.of(
                Files.createTempDirectory(laboratories, "frozen"), Optional.empty(), note -> {}));
    laboratory = new Laboratory(Site.of(stack));
  }

  @AfterEach
  void stop() throws Exception {
    signal("CONT");
    laboratory.close();
  }

  private void signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(stack.pid(Part.BROKER))).start();
    assertThat(kill.waitFor()).isZero();
  }

  private HttpResponse<String> get(Part part, String path) throws Exception {
    URI service = Objects.requireNonNull(stack.addresses().http().get(part));
    return http.send(
        HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What a service says of its parts, and whether all that it says of itself lets it work. */
  private Standing standing(Part part) throws Exception {
    HttpResponse<String> answer = get(part, "/q/health/ready");
    JsonObject health = JsonParser.parseString(answer.body()).getAsJsonObject();
    boolean ready = health.get("status").getAsString().equals("UP");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ready ? 200 : 503);
    Map<String, String> reasons = new TreeMap<>();
    for (JsonElement element : health.getAsJsonArray("checks")) {
      JsonObject check = element.getAsJsonObject();
      boolean down = check.get("status").getAsString().equals("DOWN");
      assertThat(down && ready).as(answer.body()).isFalse();
      if (check.get("name").getAsString().equals("parts")) {
        JsonElement data = check.get("data");
        if (data != null) {
          data.getAsJsonObject()
              .asMap()
              .forEach((name, why) -> reasons.put(name, why.getAsString()));
        }
        assertThat(down).as(answer.body()).isEqualTo(!reasons.isEmpty());
      }
    }
    return new Standing(ready, reasons);
  }

  private int counted(Part part) throws Exception {
    String metrics = get(part, "/q/metrics").body();
    Matcher standing = STANDING.matcher(metrics);
    assertThat(standing.find()).as(metrics).isTrue();
    return Integer.parseInt(standing.group(1));
  }

  /**
   * Waits until these parts of a service stand and no other does. Where none does, it waits for the
   * service to be ready, too: a workflow that is handed to another member is not, without a part
   * that stands.
   */
  private void awaitStanding(Part part, List<String> expected) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Standing standing = standing(part);
    while (!standing.reasons().keySet().equals(Set.copyOf(expected))
        || standing.ready() != expected.isEmpty()) {
      assertThat(System.nanoTime()).as("%s: %s", part, standing).isLessThan(end);
      Thread.sleep(200);
      standing = standing(part);
    }
  }

  @Test
  void shouldSayThatKafkaIsSilentAndGoOnOnceItAnswers() throws Exception {
    for (Part part : PARTS.keySet()) {
      awaitStanding(part, List.of());
      assertThat(counted(part)).isZero();
    }
    assertThat(get(Part.SWEEPS, "/q/metrics").body()).contains("rote_configs_skipped_total 0.0");

    signal("STOP");
    for (Map.Entry<Part, List<String>> expected : PARTS.entrySet()) {
      awaitStanding(expected.getKey(), expected.getValue());
    }
    for (Map.Entry<Part, List<String>> expected : PARTS.entrySet()) {
      Part part = expected.getKey();
      assertThat(standing(part).reasons().values())
          .as("%s", part)
          .allSatisfy(why -> assertThat(why).contains("Kafka at " + stack.addresses().kafka()));
      assertThat(counted(part)).isEqualTo(expected.getValue().size());
      assertThat(get(part, "/q/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(part, "/q/health/live").statusCode()).as("nothing is dead").isEqualTo(200);
    }

    signal("CONT");
    for (Part part : PARTS.keySet()) {
      awaitStanding(part, List.of());
      assertThat(counted(part)).isZero();
    }
    assertThat(laboratory.run(TinySweep.named("thawed", 15, 1)).getStatus().getPhase())
        .isEqualTo(Phase.COMPLETED);
  }

  /**
   * Producers of Kafka give up after a minute if not told otherwise. A state that is built anew
   * then may be taken for complete while it is not.
   */
  @Test
  @Tag("nightly")
  void shouldKeepItsStateWhenTheBrokerFreezesAmongDecisions() throws Exception {
    String text = TinySweep.named("decided", 16, 3).replace("repetitions: 2", "repetitions: 40");
    String id = laboratory.submit(text).getSweep().getStatus().getSweepId();
    laboratory.await(id, status -> status.getCounts().getDone() >= 10);

    signal("STOP");
    Thread.sleep(FROZEN.toMillis());
    signal("CONT");

    Sweep ended = laboratory.awaitEnd(id);
    assertThat(ended.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(ended.getStatus().getCounts().getDone()).isEqualTo(80);
    assertThat(Files.readString(stack.log(Part.SWEEPS)))
        .contains("workflow is RUNNING")
        .doesNotContainIgnoringCase("corrupted");
  }
}
