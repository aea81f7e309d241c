package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Ids of the sweep files of this repository, and of their trials, variants and measurements. Under
 * these ids results lie in people's stores: an id that moves loses them. To guard new files, run
 * {@code ./mvnw -pl libraries/sweep-spec test -Drote.release-ids=true} and commit the golden file,
 * whose old lines change only with a version in {@link SemanticVersions}.
 */
class GoldenIdsTest {
  private static final Path REPOSITORY = Path.of("..", "..");
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path GOLDEN = RESOURCES.resolve("golden-ids.txt");

  /** Those that results have which were stored under the versions before. */
  private static final Path FORMER = RESOURCES.resolve("golden-ids-of-1-2-3.txt");

  /** Cells listed of each file; of the others a hash tells that they did not move. */
  private static final int LISTED = 3;

  private static final int HASHED = 5000;

  /** Later versions may write more of the hash. */
  private static final int SWEEP_DIGITS = 8;

  @Test
  void ids_ofEverySweepFile_areThoseReleased() throws IOException {
    List<String> now = ids(Versions.CURRENT);
    if (Boolean.getBoolean("rote.release-ids")) {
      Files.write(GOLDEN, now, StandardCharsets.UTF_8);
    }
    assertThat(now).containsSubsequence(Files.readAllLines(GOLDEN, StandardCharsets.UTF_8));
  }

  @Test
  void ids_underTheVersionsBefore_areThoseThatResultsWereStoredUnder() throws IOException {
    assertThat(ids(Versions.FORMER))
        .containsSubsequence(Files.readAllLines(FORMER, StandardCharsets.UTF_8));
  }

  private static List<String> ids(Versions versions) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path file : sweepFiles()) {
      ids.addAll(describe(versions, file));
    }
    return ids;
  }

  private static List<Path> sweepFiles() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve(Path.of("k8s", "sweeps")))) {
      return Stream.concat(
              files, Stream.of(REPOSITORY.resolve(Path.of("docs", "first-study.yaml"))))
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getFileName().toString().equals("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  private static List<String> describe(Versions versions, Path file) throws IOException {
    Sweep sweep = SweepFiles.parse(Files.readString(file), file.toString());
    String name = sweep.getMetadata().getName();
    String id = Ids.sweepId(versions, sweep).value();
    assertThat(id).startsWith(name + "-");
    List<String> lines = new ArrayList<>();
    int hash = name.length() + 1;
    lines.add(
        "%s sweep %s"
            .formatted(
                REPOSITORY.relativize(file).toString().replace('\\', '/'),
                id.substring(hash, hash + SWEEP_DIGITS)));
    SweepSpec spec = SweepDefaults.fill(sweep.getSpec());
    Grid grid = Grid.of(spec);
    MessageDigest all = sha256();
    for (long index = 0; index < Math.min(grid.size(), HASHED); index++) {
      List<String> cell = describe(versions, grid.cell(index), spec.getMeasurementsList());
      all.update(String.join("\n", cell).getBytes(StandardCharsets.UTF_8));
      if (index < LISTED || index == grid.size() - 1) {
        lines.addAll(cell);
      }
    }
    lines.add("  all %d cells %s".formatted(grid.size(), HexFormat.of().formatHex(all.digest())));
    return lines;
  }

  private static List<String> describe(
      Versions versions, Cell cell, List<MeasurementSpec> measurements) {
    List<String> lines = new ArrayList<>();
    String trial = Ids.trialId(versions, cell.trial()).value();
    String variant = Ids.variantId(versions, Variants.of(cell.trial())).value();
    lines.add("  cell %d trial %s variant %s".formatted(cell.index(), trial, variant));
    for (MeasurementSpec measurement : measurements) {
      lines.add(
          "    %s %s"
              .formatted(
                  measurement.getName(),
                  Ids.measurementId(versions, new TrialId(trial), measurement).value()));
    }
    return lines;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
