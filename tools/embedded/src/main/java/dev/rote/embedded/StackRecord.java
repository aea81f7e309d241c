package dev.rote.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.rote.access.KeyHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The file {@code stack.json} of a state directory: ports and keys, chosen once, and the processes
 * that run.
 *
 * @param version of this layout
 * @param supervisor the supervising process, if there is one
 * @param shared whether the stack is its users' and ends with the last one; else it is its
 *     supervisor's
 * @param datasets directory of dataset files that it was started with, {@code ""} for none; empty
 *     where an earlier Rote wrote the record
 * @param ports by use
 * @param accessKey of the object store
 * @param secretKey of the object store
 * @param token key that the stack's gRPC asks its users for; empty where an earlier Rote started
 *     it, which asked for none
 * @param processes that were started last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StackRecord(
    @JsonProperty("version") int version,
    @JsonProperty("supervisor") Optional<ProcessRecord> supervisor,
    @JsonProperty("shared") boolean shared,
    @JsonProperty("datasets") Optional<String> datasets,
    @JsonProperty("ports") Map<String, Integer> ports,
    @JsonProperty("accessKey") String accessKey,
    @JsonProperty("secretKey") String secretKey,
    @JsonProperty("token") Optional<String> token,
    @JsonProperty("processes") Map<Part, ProcessRecord> processes) {

  static final int VERSION = 1;
  private static final String FILE = "stack.json";
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  StackRecord {
    ports = Map.copyOf(ports);
    processes = Map.copyOf(processes);
  }

  /**
   * A process; process ids are used again, start times are not.
   *
   * @param pid process id
   * @param startedMillis since the epoch
   */
  record ProcessRecord(
      @JsonProperty("pid") long pid, @JsonProperty("startedMillis") long startedMillis) {

    static ProcessRecord of(ProcessHandle process) {
      return new ProcessRecord(
          process.pid(), process.info().startInstant().orElse(Instant.now()).toEpochMilli());
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> running() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(
              process ->
                  process
                      .info()
                      .startInstant()
                      .map(start -> Math.abs(start.toEpochMilli() - startedMillis))
                      .map(apart -> apart < START_TOLERANCE.toMillis())
                      .orElse(true));
    }
  }

  static StackRecord fresh() {
    return new StackRecord(
        VERSION,
        Optional.empty(),
        false,
        Optional.empty(),
        Map.of(),
        "rote",
        UUID.randomUUID().toString().replace("-", ""),
        Optional.empty(),
        new EnumMap<>(Part.class));
  }

  /** For a start with these ports. */
  StackRecord started(Map<String, Integer> newPorts, boolean newShared, Optional<Path> from) {
    return new StackRecord(
        version,
        supervisor,
        newShared,
        Optional.of(from.map(Path::toString).orElse("")),
        newPorts,
        accessKey,
        secretKey,
        Optional.of(token.orElseGet(KeyHash::newKey)),
        processes);
  }

  StackRecord withProcesses(
      Optional<ProcessRecord> newSupervisor, Map<Part, ProcessRecord> newProcesses) {
    return new StackRecord(
        version, newSupervisor, shared, datasets, ports, accessKey, secretKey, token, newProcesses);
  }

  int port(String use) {
    Integer port = ports.get(use);
    if (port == null) {
      throw new StackException(StackException.Reason.STATE, FILE + " names no port for " + use);
    }
    return port;
  }

  /** What a state directory holds, empty if nothing was started on it yet. */
  static Optional<StackRecord> read(Path state) {
    Path file = state.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      StackRecord record = JSON.readValue(Files.readAllBytes(file), StackRecord.class);
      if (record.version != VERSION) {
        throw new StackException(
            StackException.Reason.STATE,
            "%s has version %d; this Rote knows %d".formatted(file, record.version, VERSION));
      }
      return Optional.of(record);
    } catch (IOException e) {
      throw new StackException(
          StackException.Reason.STATE, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes the record whole or not at all, readable by its owner alone. */
  void write(Path state) {
    try {
      OwnersFile.write(state.resolve(FILE), JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is written as JSON", e);
    }
  }
}
