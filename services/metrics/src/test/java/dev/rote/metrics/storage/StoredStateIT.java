package dev.rote.metrics.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.spec.Cell;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.TrialId;
import dev.rote.spec.Versions;
import dev.rote.testkit.StoredState;
import dev.rote.testkit.TestStore;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older version stored is found under its ids, and measured again it gives the same. */
class StoredStateIT {
  @TempDir private Path directory;
  private TestStore store;
  private StoredTrials trials;
  private TrialMeasurer measurer;

  @BeforeEach
  void fill() {
    store = TestStore.start(directory.resolve("objects"));
    StoredState.copyTo(store.client());
    trials =
        new StoredTrials(
            store.client(),
            new VariantCache(
                new StoredVariants(store.client()), directory.resolve("cache"), 1 << 20));
    measurer =
        new TrialMeasurer(
            trials, new StoredNetworks(store.client(), EngineUnderTest.open()), System::nanoTime);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Cell cell(Sweep sweep) {
    return Grid.of(SweepDefaults.fill(sweep.getSpec())).cell(0);
  }

  @Test
  void measurement_ofAnOlderVersion_isFoundUnderItsId() {
    for (Sweep sweep : StoredState.sweeps()) {
      String trial = Ids.trialId(Versions.FORMER, cell(sweep).trial()).value();
      for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
        String id = Ids.measurementId(Versions.FORMER, new TrialId(trial), spec).value();
        Measurement stored = trials.measurement(id).orElseThrow();
        assertThat(stored.getTrialId()).as(spec.getName()).isEqualTo(trial);
        assertThat(stored.getCheckpointsList()).isNotEmpty();
      }
    }
  }

  @Test
  void measure_checkpointsOfAnOlderVersion_givesWhatWasMeasuredThen() {
    for (Sweep sweep : StoredState.sweeps()) {
      TrialResult result = trials.result(Ids.trialId(Versions.FORMER, cell(sweep).trial()).value());
      assertThat(result.getSpec()).isEqualTo(cell(sweep).trial());
      List<MeasurementSpec> accuracies =
          sweep.getSpec().getMeasurementsList().stream()
              .filter(MeasurementSpec::hasAccuracy)
              .toList();
      assertThat(accuracies).hasSize(1);
      String id =
          Ids.measurementId(Versions.FORMER, new TrialId(result.getTrialId()), accuracies.get(0))
              .value();
      Measurement then = trials.measurement(id).orElseThrow();
      TrialMeasurer.Measured now =
          measurer.measure(result.getTrialId(), accuracies.get(0), () -> {});
      assertThat(now.reused()).isFalse();
      assertThat(now.measurement().getCheckpoints(0).getAccuracy().getAccuracy())
          .isEqualTo(then.getCheckpoints(0).getAccuracy().getAccuracy());
      assertThat(now.measurement().getCheckpoints(0).getAccuracy().getLoss())
          .isCloseTo(then.getCheckpoints(0).getAccuracy().getLoss(), within(1e-5));
    }
  }
}
