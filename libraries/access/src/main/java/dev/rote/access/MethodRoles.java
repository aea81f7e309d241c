package dev.rote.access;

import static dev.rote.access.Role.ADMIN;
import static dev.rote.access.Role.OPERATOR;
import static dev.rote.access.Role.SUBMITTER;
import static dev.rote.access.Role.VIEWER;
import static dev.rote.access.Role.WORKER;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one table of who may call which method. A method without a row is refused to everybody. */
public final class MethodRoles {
  private static final Set<Role> READERS = EnumSet.of(VIEWER, SUBMITTER, OPERATOR, ADMIN);
  private static final Set<Role> STEERERS = EnumSet.of(SUBMITTER, OPERATOR, ADMIN);
  private static final Set<Role> ASKERS = EnumSet.of(SUBMITTER, ADMIN);
  private static final Set<Role> WORKERS = EnumSet.of(WORKER, ADMIN);
  private static final Set<Role> ASKERS_AND_WORKERS = EnumSet.of(SUBMITTER, WORKER, ADMIN);
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);

  private static final Map<String, Set<Role>> ROWS = new HashMap<>();

  static {
    service("rote.v1.SweepsService")
        .row(READERS, "GetSweep", "ListSweeps", "WatchSweep", "ListTrials")
        .row(READERS, "MapTrials", "DescribeTrial")
        .row(READERS, "GetResults", "ExportTable", "DownloadReport")
        .row(STEERERS, "SubmitSweep", "PauseSweep", "ResumeSweep", "CancelSweep", "RetryFailed");
    service("rote.v1.WorkService").row(WORKERS, "ClaimWork", "RenewLease");
    service("rote.v1.CorruptionService")
        .row(READERS, "ListDatasets")
        .row(ASKERS, "CheckVariant", "ImportWeights", "InspectFiles", "HashFiles", "StoreFile")
        .row(ASKERS_AND_WORKERS, "MaterializeVariant")
        .row(ALL, "DescribeVariant", "StreamExamples");
    service("rote.v1.TrainerService")
        .row(ASKERS, "RunTrial")
        .row(READERS, "WatchTrial", "GetTrial", "ExportCheckpoint");
    service("rote.v1.MetricsService").row(ASKERS, "MeasureTrial", "FindCriticalSamples");
    service("grpc.reflection.v1.ServerReflection").row(ALL, "ServerReflectionInfo");
    service("grpc.reflection.v1alpha.ServerReflection").row(ALL, "ServerReflectionInfo");
  }

  /* Orchestrators ask whether a service lives, and hold no key. */
  private static final Set<String> OPEN =
      Set.of("grpc.health.v1.Health/Check", "grpc.health.v1.Health/Watch");

  private MethodRoles() {}

  /**
   * Roles that may call a method.
   *
   * @param method such as {@code rote.v1.SweepsService/GetSweep}
   * @return empty for a method without a row
   */
  static Optional<Set<Role>> of(String method) {
    return Optional.ofNullable(ROWS.get(method));
  }

  /** Whether whoever reaches the port may call a method. */
  static boolean isOpen(String method) {
    return OPEN.contains(method);
  }

  /**
   * Whether a method may change something or cost work: neither readers nor workers may call it.
   */
  public static boolean mayChange(String method) {
    return of(method)
        .filter(roles -> !roles.contains(VIEWER) && !roles.contains(WORKER))
        .isPresent();
  }

  private static Rows service(String service) {
    return new Rows(service);
  }

  private record Rows(String service) {
    Rows row(Set<Role> roles, String... methods) {
      for (String method : methods) {
        ROWS.put(service + "/" + method, roles);
      }
      return this;
    }
  }
}
