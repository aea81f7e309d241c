package dev.rote.sweeps.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.figures.study.CellResults;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.Versions;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.workflow.StateReader;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.testkit.StoredState;
import dev.rote.testkit.TestStore;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of today is made of the results that an older version stored. */
class StoredStateIT {
  /** State that has a sweep and nothing else. */
  private record Alone(SweepRecord sweep) implements StateReader {
    @Override
    public byte @Nullable [] get(String key) {
      return key.equals("sweep/" + sweep.getSweepId()) ? sweep.toByteArray() : null;
    }

    @Override
    public void scan(String from, String to, Visitor visitor) {}
  }

  @Test
  void cell_resultsOfAnOlderVersion_areAllThere(@TempDir Path directory) {
    SweepRecord allDone =
        SweepRecord.newBuilder().setSweepId("s").setCursor(Long.MAX_VALUE).build();
    try (TestStore store = TestStore.start(directory)) {
      StoredState.copyTo(store.client());
      for (Sweep sweep : StoredState.sweeps()) {
        Sweep filled = sweep.toBuilder().setSpec(SweepDefaults.fill(sweep.getSpec())).build();
        try (StoredResults results =
            new StoredResults(
                filled,
                new CellsToRun(GridPlan.of(filled, Versions.FORMER), allDone),
                new CellEnds(new WorkflowView(new Alone(allDone)), allDone.getSweepId()),
                store.client(),
                () -> false)) {
          CellResults cell = results.cell(0);
          assertThat(cell.trial().orElseThrow().getHistoryList()).hasSize(2);
          for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
            Measurement measurement = cell.measurement(spec.getName()).orElseThrow();
            assertThat(measurement.getSpec().getKindCase()).isEqualTo(spec.getKindCase());
          }
        }
      }
    }
  }
}
