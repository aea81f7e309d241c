package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.CellRecord;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.Look;
import dev.rote.v1.OwnerTurns;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialSummary.State;
import dev.rote.v1.WorkRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A workflow's state that an older version wrote is read whole and continued to its end. Each file
 * of {@code workflow-state} is one, and none of them ever changes; {@code
 * -Drote.release-state=true} adds one of today, which a new field of a record asks for.
 */
class PersistedStateTest {
  private static final Path FILES = Path.of("src", "test", "resources", "workflow-state");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.sorted().toList();
    }
  }

  private static MemoryState read(Path file) throws IOException {
    MemoryState state = new MemoryState();
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      String[] parts = line.split(" ", -1);
      state.entries().put(parts[0], Base64.getDecoder().decode(parts[1]));
    }
    return state;
  }

  private static Message parsed(String key, byte[] value) {
    return switch (key.substring(0, Math.max(0, key.indexOf('/')))) {
      case "" -> Entries.parse(key, value, ClockRecord.parser());
      case "sweep" -> Entries.parse(key, value, SweepRecord.parser());
      case "spec" -> Entries.parse(key, value, Sweep.parser());
      case "cell", "ended" -> Entries.parse(key, value, CellRecord.parser());
      case "look" -> Entries.parse(key, value, Look.parser());
      case "work" -> Entries.parse(key, value, WorkRecord.parser());
      case "turns" -> Entries.parse(key, value, OwnerTurns.parser());
      default -> throw new AssertionError("an entry of a kind that holds no record: " + key);
    };
  }

  private static boolean isRecord(String key) {
    return !key.startsWith("newest/")
        && !key.startsWith("named/")
        && !key.startsWith("wait/")
        && !key.startsWith("numerics/")
        && !key.startsWith("queued/")
        && !key.startsWith("timer/");
  }

  private static List<Message> records(MemoryState state) {
    List<Message> records = new ArrayList<>();
    state
        .entries()
        .forEach(
            (key, value) -> {
              if (isRecord(key)) {
                records.add(parsed(key, value));
              }
            });
    return records;
  }

  @Test
  void state_ofToday_isReleased() throws IOException {
    if (Boolean.getBoolean("rote.release-state")) {
      Path file = FILES.resolve("%02d.txt".formatted(files().size() + 1));
      List<String> lines = new ArrayList<>();
      StateStory.told()
          .entries()
          .forEach(
              (key, value) -> lines.add(key + " " + Base64.getEncoder().encodeToString(value)));
      Files.write(file, lines, StandardCharsets.US_ASCII);
    }
    List<Path> files = files();
    assertThat(unset(read(files.get(files.size() - 1))))
        .as("fields that no released state holds: add one by -Drote.release-state=true")
        .isEmpty();
  }

  /** Fields of records that are set nowhere, and values of enums that stand nowhere. */
  private static Set<String> unset(MemoryState state) {
    Set<String> unset = new TreeSet<>();
    for (Message record :
        List.of(
            ClockRecord.getDefaultInstance(),
            SweepRecord.getDefaultInstance(),
            CellRecord.getDefaultInstance(),
            WorkRecord.getDefaultInstance(),
            OwnerTurns.getDefaultInstance())) {
      record.getDescriptorForType().getFields().forEach(field -> unset.add(field.getFullName()));
    }
    Stream.of(Phase.values()).forEach(phase -> unset.add("phase " + phase));
    Stream.of(WorkRecord.Status.values()).forEach(status -> unset.add("status " + status));
    Set<State> steps =
        Set.of(State.CORRUPTING, State.TRAINING, State.MEASURING, State.FAILED, State.CANCELLED);
    steps.forEach(step -> unset.add("step " + step));
    for (Message record : records(state)) {
      for (FieldDescriptor field : record.getAllFields().keySet()) {
        unset.remove(field.getFullName());
        unset.remove(field.getName() + " " + record.getField(field));
      }
    }
    unset.removeIf(name -> name.endsWith(" UNSPECIFIED") || name.endsWith(" UNRECOGNIZED"));
    return unset;
  }

  @ParameterizedTest
  @MethodSource("files")
  void entries_ofAnOlderVersion_areReadWhole(Path file) throws IOException {
    MemoryState state = read(file);
    state
        .entries()
        .forEach(
            (key, value) -> {
              if (isRecord(key)) {
                Message record = parsed(key, value);
                assertThat(record.getUnknownFields().asMap()).as(key).isEmpty();
                assertThat(record.toByteArray()).as(key).isEqualTo(value);
              }
            });
    Set<String> kinds =
        state.entries().keySet().stream()
            .map(key -> key.split("/", -1)[0])
            .collect(Collectors.toCollection(HashSet::new));
    /* Since sweeps wait for numerics, since they repeat until judged, and since owners take turns. */
    kinds.removeAll(Set.of("numerics", "look", "queued", "turns"));
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "clock", "newest", "named", "sweep", "spec", "cell", "ended", "work", "wait", "timer");
  }

  @ParameterizedTest
  @MethodSource("files")
  void sweeps_ofAnOlderVersion_goOnToTheirEnd(Path file) throws IOException {
    Workplace place = new Workplace(WorkflowSettings.defaults(), read(file));
    /* None of the workers of then is there any more. */
    place.silence(3_600_000);
    List<String> sweeps =
        new WorkflowView(place.state())
            .sweeps("", 100).sweeps().stream().map(SweepRecord::getSweepId).toList();
    assertThat(sweeps).hasSizeGreaterThanOrEqualTo(13);
    assertThat(place.status("failed").getFailures(0).getReason()).isEqualTo("MODEL_UNFIT");
    assertThat(place.status("completed").getVerdicts().getHolding()).isEqualTo(2);
    assertThat(place.status("completed").getCounts().getDiverged()).isEqualTo(1);
    // A worker that held a lease meanwhile still does.
    place.complete("trial/training-1", 1);
    place.advance("advancing");
    place.control("paused", Control.RESUME);
    place.control("declared", Control.RESUME);
    place.control("failed", Control.RETRY_FAILED);
    place.control("cancelled", Control.RETRY_FAILED);
    for (int round = 0; round < 40; round++) {
      place.numerics(round % 2 == 0 ? "" : StateStory.FAMILY);
      place.announce("trial", StateStory.FAMILY);
      place.workOff();
      place.tick(60_000);
    }
    for (String sweep : sweeps) {
      SweepStatus status = place.status(sweep);
      assertThat(status.getPhase()).as(sweep).isEqualTo(Phase.COMPLETED);
      TrialCounts counts = status.getCounts();
      assertThat(counts.getDone()).as(sweep).isEqualTo(StateStory.CELLS);
      assertThat(counts.getTotal()).as(sweep).isEqualTo(StateStory.CELLS);
      assertThat(status.getProgress().getEpochsDone())
          .as(sweep)
          .isEqualTo(status.getProgress().getEpochsTotal());
    }
    assertThat(
            place.state.count("cell/") + place.state.count("wait/") + place.state.count("ended/"))
        .isZero();
    place
        .clock()
        .getWorkMap()
        .forEach((kind, work) -> assertThat(work.getQueued() + work.getLeased()).as(kind).isZero());
  }
}
