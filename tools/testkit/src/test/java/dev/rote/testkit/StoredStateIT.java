package dev.rote.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.spec.Cell;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.TrialId;
import dev.rote.spec.Variants;
import dev.rote.spec.Versions;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies in people's stores is found under the ids of today and read with the values that were
 * written. {@code -Drote.release-ids=true} writes the golden file again; its lines may not change.
 */
class StoredStateIT {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "stored-state.txt");

  @TempDir private static Path directory;
  private static TestStore store;

  private final List<String> lines = new ArrayList<>();
  private final Set<String> read = new HashSet<>();

  @BeforeAll
  static void fill() {
    store = TestStore.start(directory);
    StoredState.copyTo(store.client());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void objects_ofAnOlderVersion_areFoundAndReadAsWritten() throws Exception {
    for (Sweep sweep : StoredState.sweeps()) {
      describe(sweep);
    }
    if (Boolean.getBoolean("rote.release-ids")) {
      Files.write(GOLDEN, lines, StandardCharsets.UTF_8);
    }
    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(GOLDEN, StandardCharsets.UTF_8));
    assertThat(StoredState.objects().keySet())
        .filteredOn(key -> !key.contains("/report/"))
        .containsExactlyInAnyOrderElementsOf(read);
  }

  private byte[] get(String key) {
    read.add(key);
    return store.client().get(key);
  }

  private void describe(Sweep sweep) throws Exception {
    SweepSpec spec = SweepDefaults.fill(sweep.getSpec());
    Cell cell = Grid.of(spec).cell(0);
    String trial = Ids.trialId(Versions.FORMER, cell.trial()).value();
    variant(Ids.variantId(Versions.FORMER, Variants.of(cell.trial())).value());
    TrialResult result =
        StoredMessage.TRIAL_RESULT.read(trial, get(ArtifactKeys.trialResult(trial)));
    line("result " + trial, SweepFiles.toJson(result));
    for (CheckpointRef checkpoint : result.getCheckpointsList()) {
      checkpoint(checkpoint.getKey());
    }
    for (MeasurementSpec measurement : spec.getMeasurementsList()) {
      String id = Ids.measurementId(Versions.FORMER, new TrialId(trial), measurement).value();
      line(
          "measurement " + id,
          SweepFiles.toJson(StoredMessage.MEASUREMENT.read(id, get(ArtifactKeys.measurement(id)))));
    }
    String sweepId = storedId(sweep);
    line(
        sweepId + "/report/report.pb",
        SweepFiles.toJson(ReportFiles.open(store.client(), sweepId).report()));
  }

  /** The id that the sweep had: the first digits of its hash under those versions. */
  private static String storedId(Sweep sweep) {
    String name = sweep.getMetadata().getName();
    List<String> ids =
        StoredState.objects().keySet().stream()
            .filter(key -> key.startsWith("sweeps/" + name + "-"))
            .map(key -> key.split("/", -1)[1])
            .distinct()
            .toList();
    assertThat(ids).hasSize(1);
    assertThat(Ids.sweepId(Versions.FORMER, sweep).value()).startsWith(ids.get(0));
    return ids.get(0);
  }

  private void variant(String id) {
    ObjectStore objects = store.client();
    read.add(ArtifactKeys.variantManifest(id));
    VariantReader reader = VariantReader.open(objects, id);
    line("variant " + id, SweepFiles.toJson(reader.manifest()));
    for (VariantSplit split : VariantSplit.values()) {
      read.add(ArtifactKeys.variantShard(id, split.key(), 0));
      for (Shard shard : reader.shards(split)) {
        for (int i = 0; i < shard.examples(); i++) {
          lines.add("  " + split.key() + " " + example(shard, i));
        }
      }
    }
  }

  private static String example(Shard shard, int i) {
    float[] input = new float[shard.values()];
    shard.input(i, input, 0);
    return "%d: label %d of %d, mask %d, source %d, inputs %08x"
        .formatted(
            shard.firstIndex() + i,
            shard.label(i),
            shard.originalLabel(i),
            shard.mask(i),
            shard.sourceIndex(i),
            Arrays.hashCode(input));
  }

  private void checkpoint(String key) throws IOException {
    read.add(key);
    try (CheckpointReader reader = CheckpointReader.open(store.client(), key)) {
      line(key, SweepFiles.toJson(reader.header()));
      for (Tensor tensor : reader.header().getTensorsList()) {
        lines.add("  %s %08x".formatted(tensor.getName(), Arrays.hashCode(reader.tensor())));
      }
    }
  }

  private void line(String what, String json) {
    lines.add(what);
    json.lines().map(line -> "  " + line).forEach(lines::add);
  }
}
