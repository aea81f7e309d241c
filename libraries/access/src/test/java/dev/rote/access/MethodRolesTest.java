package dev.rote.access;

import static dev.rote.access.Role.ADMIN;
import static dev.rote.access.Role.OPERATOR;
import static dev.rote.access.Role.SUBMITTER;
import static dev.rote.access.Role.VIEWER;
import static dev.rote.access.Role.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MethodRolesTest {
  private static final Set<Role> READ = EnumSet.of(VIEWER, SUBMITTER, OPERATOR, ADMIN);
  private static final Set<Role> STEER = EnumSet.of(SUBMITTER, OPERATOR, ADMIN);
  private static final Set<Role> ASK = EnumSet.of(SUBMITTER, ADMIN);
  private static final Set<Role> WORK = EnumSet.of(WORKER, ADMIN);

  /** Written apart from the table, method by method: a method without a row here fails the test. */
  private static final Map<String, Set<Role>> EXPECTED = expected();

  private static Map<String, Set<Role>> expected() {
    Map<String, Set<Role>> rows = new LinkedHashMap<>();
    rows.put("SweepsService/SubmitSweep", STEER);
    rows.put("SweepsService/GetSweep", READ);
    rows.put("SweepsService/ListSweeps", READ);
    rows.put("SweepsService/WatchSweep", READ);
    rows.put("SweepsService/PauseSweep", STEER);
    rows.put("SweepsService/ResumeSweep", STEER);
    rows.put("SweepsService/CancelSweep", STEER);
    rows.put("SweepsService/RetryFailed", STEER);
    rows.put("SweepsService/ListTrials", READ);
    rows.put("SweepsService/MapTrials", READ);
    rows.put("SweepsService/DescribeTrial", READ);
    rows.put("SweepsService/GetResults", READ);
    rows.put("SweepsService/ExportTable", READ);
    rows.put("SweepsService/DownloadReport", READ);
    rows.put("WorkService/ClaimWork", WORK);
    rows.put("WorkService/RenewLease", WORK);
    rows.put("CorruptionService/ListDatasets", READ);
    rows.put("CorruptionService/CheckVariant", ASK);
    rows.put("CorruptionService/ImportWeights", ASK);
    rows.put("CorruptionService/InspectFiles", ASK);
    rows.put("CorruptionService/HashFiles", ASK);
    rows.put("CorruptionService/StoreFile", ASK);
    rows.put("CorruptionService/MaterializeVariant", EnumSet.of(SUBMITTER, WORKER, ADMIN));
    rows.put("CorruptionService/DescribeVariant", EnumSet.allOf(Role.class));
    rows.put("CorruptionService/StreamExamples", EnumSet.allOf(Role.class));
    rows.put("TrainerService/RunTrial", ASK);
    rows.put("TrainerService/WatchTrial", READ);
    rows.put("TrainerService/GetTrial", READ);
    rows.put("TrainerService/ExportCheckpoint", READ);
    rows.put("MetricsService/MeasureTrial", ASK);
    rows.put("MetricsService/FindCriticalSamples", ASK);
    return rows;
  }

  private static final Path CONTRACT = Path.of("../../proto/src/main/proto/rote/v1");
  private static final Pattern DECLARED = Pattern.compile("(?m)^(?:service|  rpc) (\\w+)(\\(?)");

  private static Set<String> methods() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(CONTRACT)) {
      for (Path file : files.toList()) {
        String service = "";
        Matcher declared = DECLARED.matcher(Files.readString(file));
        while (declared.find()) {
          if (declared.group(2).isEmpty()) {
            service = declared.group(1);
          } else {
            names.add(service + "/" + declared.group(1));
          }
        }
      }
    }
    return names;
  }

  @Test
  void methods_ofTheContract_haveRowsHere() throws IOException {
    assertThat(methods()).hasSizeGreaterThan(25);
    assertThat(EXPECTED.keySet()).containsExactlyInAnyOrderElementsOf(methods());
  }

  @Test
  void methods_eachRole_areLetInOrRefused() throws IOException {
    for (String method : methods()) {
      for (Role role : Role.values()) {
        Doorkeeper keeper = new Doorkeeper(Optional.empty(), Set.of(role));
        String full = "rote.v1." + method;
        AccessRefused refused =
            catchThrowableOfType(AccessRefused.class, () -> keeper.admit(full, null));
        if (EXPECTED.getOrDefault(method, Set.of()).contains(role)) {
          assertThat(refused).as("%s by %s", method, role).isNull();
        } else {
          assertThat(refused).as("%s by %s", method, role).isNotNull();
          assertThat(refused.reason()).isEqualTo(AccessRefused.Reason.ROLE_MISSING);
          assertThat(refused).hasMessageContaining(full).hasMessageContaining(role.word());
        }
      }
    }
  }

  @Test
  void health_withoutAKey_isAnswered() {
    Doorkeeper keeper = new Doorkeeper(Optional.empty(), Set.of());

    assertThat(keeper.admit("grpc.health.v1.Health/Check", null).roles()).isEmpty();
  }

  @Test
  void methods_withoutARow_areRefusedToAdmins() {
    Doorkeeper keeper = new Doorkeeper(Optional.empty(), Set.of(ADMIN));

    assertThat(
            catchThrowableOfType(
                AccessRefused.class, () -> keeper.admit("other.Service/Method", null)))
        .hasMessageContaining("is for nobody");
  }
}
