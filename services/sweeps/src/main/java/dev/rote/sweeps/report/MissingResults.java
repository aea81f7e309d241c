package dev.rote.sweeps.report;

import com.google.protobuf.Message;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.TrialResult;
import dev.rote.workqueue.WorkOutcome.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Looks for all that a report needs and that is gone or damaged; what is damaged is set aside. Of
 * cells that are not done nothing is needed.
 */
final class MissingResults {
  private final ObjectStore store;
  private final Mending mending;
  private final CellEnds ends;
  private final List<MissingArtifact> found = new ArrayList<>();

  /**
   * @param ends what became of the cells
   */
  MissingResults(ObjectStore store, CellEnds ends) {
    this.store = store;
    this.mending = new Mending(store);
    this.ends = ends;
  }

  /**
   * The first {@value Failed#MOST_MISSING} of them, in the order of cells.
   *
   * @param stopped asked before each cell
   * @throws CancellationException when told to stop
   */
  List<MissingArtifact> of(CellsToRun cells, BooleanSupplier stopped) {
    for (long position = 0; position < cells.size() && !full(); position++) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("the report is not wanted any more");
      }
      look(ends.of(cells.cell(position)));
    }
    return List.copyOf(found);
  }

  private boolean full() {
    return found.size() == Failed.MOST_MISSING;
  }

  private void look(CellEnds.Standing standing) {
    SweepPlan.Cell cell = standing.cell();
    Optional<TrialResult> result =
        look(
            standing,
            StoredMessage.TRIAL_RESULT,
            cell.trial().id().value(),
            standing::counts,
            true,
            ArtifactKeys.trialResult(cell.trial().id().value()));
    for (AdmittedMeasurement measure : cell.measures()) {
      var unused =
          look(
              standing,
              StoredMessage.MEASUREMENT,
              measure.id().value(),
              measurement -> true,
              ends.needs(measure.id().value(), result),
              ArtifactKeys.measurement(measure.id().value()));
    }
  }

  /**
   * The message of an id; notes one that is damaged, or gone or of no count and needed of a done
   * cell.
   */
  private <T extends Message> Optional<T> look(
      CellEnds.Standing standing,
      StoredMessage<T> kind,
      String id,
      Predicate<T> counts,
      boolean ofDone,
      String key) {
    Optional<T> message = Optional.empty();
    boolean damaged = false;
    try {
      message = kind.find(store, id).filter(counts);
    } catch (ObjectStoreException e) {
      if (e.reason() != Reason.DAMAGED) {
        throw e;
      }
      damaged = true;
    }
    boolean needed = standing.isDone();
    if (damaged || (message.isEmpty() && needed && ofDone)) {
      Optional<MissingArtifact> artifact = mending.mend(key);
      artifact
          .filter(made -> needed && !full())
          .ifPresent(
              made -> found.add(made.toBuilder().setTrialIndex(standing.cell().index()).build()));
    }
    return message;
  }
}
