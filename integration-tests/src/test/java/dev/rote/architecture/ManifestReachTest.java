package dev.rote.architecture;

import static dev.rote.architecture.Documents.list;
import static dev.rote.architecture.Documents.map;
import static dev.rote.architecture.Documents.name;
import static dev.rote.architecture.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Network policies open the ports that parts listen on, and scalers ask for meters that there are.
 */
class ManifestReachTest {
  private static final String NAME = "app.kubernetes.io/name";
  private static final Path METERS =
      Parts.HOME.resolve(
          "services/sweeps/src/main/java/dev/rote/sweeps/metrics/WorkflowMeters.java");
  private static final Pattern METER =
      Pattern.compile("(Gauge|Counter)\\.builder\\(\\s*\"([a-z.]+)\"");
  private static final Pattern ASKED = Pattern.compile("\\brote_[a-z_]+");

  private static Parts parts;
  private static List<Map<String, Object>> policies;

  @BeforeAll
  static void read() throws IOException {
    parts = Parts.read();
    policies = new ArrayList<>();
    for (Path file : Documents.files(Parts.HOME.resolve("k8s"))) {
      for (Map<String, Object> document : Documents.of(file)) {
        if ("NetworkPolicy".equals(document.get("kind"))) {
          policies.add(document);
        }
      }
    }
  }

  /** Names of the parts that a selector of pods takes; empty for pods of others. */
  private static Set<String> selected(Object selector) {
    Set<String> names = new TreeSet<>();
    Object label = map(map(selector).getOrDefault("matchLabels", Map.of())).get(NAME);
    if (label != null) {
      names.add(text(label));
    }
    for (Object expression : list(map(selector).getOrDefault("matchExpressions", List.of()))) {
      assertThat(map(expression)).containsEntry("key", NAME).containsEntry("operator", "In");
      list(map(expression).get("values")).forEach(value -> names.add(text(value)));
    }
    return names;
  }

  private static void open(String policy, Object ports, Collection<String> names) {
    for (Object port : list(ports)) {
      Integer number = Integer.valueOf(text(map(port).get("port")));
      assertThat(names)
          .as("%s opens %s", policy, number)
          .anySatisfy(name -> assertThat(parts.ports(name)).contains(number));
    }
  }

  @Test
  void policies_betweenParts_openPortsThatAreListenedOn() {
    assertThat(policies).hasSizeGreaterThan(10);
    for (Map<String, Object> policy : policies) {
      Map<String, Object> spec = map(policy.get("spec"));
      Set<String> own = selected(spec.get("podSelector"));
      assertThat(parts.names()).as(name(policy)).containsAll(own);
      for (Object rule : list(spec.getOrDefault("ingress", List.of()))) {
        if (!own.isEmpty()) {
          open(name(policy), map(rule).get("ports"), own);
        }
      }
      for (Object rule : list(spec.getOrDefault("egress", List.of()))) {
        for (Object peer : list(map(rule).getOrDefault("to", List.of()))) {
          Set<String> names = selected(map(peer).getOrDefault("podSelector", Map.of()));
          if (!names.isEmpty()) {
            assertThat(parts.names()).as(name(policy)).containsAll(names);
            open(name(policy), map(rule).get("ports"), names);
          }
        }
      }
    }
  }

  /** Who may send is let in, and who is let in may send. */
  @Test
  void policies_ofTheBase_agreeOnBothSides() {
    Set<String> sent = new TreeSet<>();
    Set<String> taken = new TreeSet<>();
    for (Map<String, Object> policy : policies) {
      Map<String, Object> spec = map(policy.get("spec"));
      Set<String> own = selected(spec.get("podSelector"));
      for (Object rule : list(spec.getOrDefault("egress", List.of()))) {
        for (Object peer : list(map(rule).getOrDefault("to", List.of()))) {
          pairs(own, selected(map(peer).getOrDefault("podSelector", Map.of())), sent);
        }
      }
      for (Object rule : list(spec.getOrDefault("ingress", List.of()))) {
        for (Object peer : list(map(rule).getOrDefault("from", List.of()))) {
          pairs(selected(map(peer).getOrDefault("podSelector", Map.of())), own, taken);
        }
      }
    }
    assertThat(sent).isEqualTo(taken).contains("trainer > sweeps", "sweeps > object-store");
  }

  private static void pairs(Set<String> from, Set<String> to, Set<String> pairs) {
    from.forEach(sender -> to.forEach(taker -> pairs.add(sender + " > " + taker)));
  }

  @Test
  void scalersAndDashboards_askForMetersThatThereAre() throws IOException {
    Set<String> told = new TreeSet<>();
    Matcher meter = METER.matcher(Files.readString(METERS));
    while (meter.find()) {
      told.add(
          meter.group(2).replace('.', '_') + (meter.group(1).equals("Counter") ? "_total" : ""));
    }
    Set<String> asked = new TreeSet<>();
    List<Path> files = new ArrayList<>(Documents.files(Parts.HOME.resolve("k8s/components")));
    files.add(Parts.HOME.resolve("k8s/components/prometheus/dashboard.json"));
    for (Path file : files) {
      Matcher name = ASKED.matcher(Files.readString(file));
      while (name.find()) {
        asked.add(name.group());
      }
    }
    assertThat(asked).contains("rote_work_outstanding");
    assertThat(told).containsAll(asked);
  }
}
