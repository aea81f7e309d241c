package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.rote.v1.CellRecord;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.WorkRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whoever looks something up in a turn has the one there is, and the end of the turn writes it. */
class TurnTest {
  private final MemoryState state = new MemoryState();
  private Turn turn = turn();

  private Turn turn() {
    return new Turn(
        state,
        new Plans(Workplace::plan),
        WorkflowSettings.defaults(),
        Timestamp.getDefaultInstance());
  }

  private void end() {
    state.apply(turn.decide(new Answer.None()));
    turn = turn();
  }

  private void given() {
    turn.addWork(WorkRecord.newBuilder().setWorkId("trial/x").setAttempt(1));
    turn.addCell("s", CellRecord.newBuilder().setIndex(0).setEpochs(1));
    turn.addCell("s", CellRecord.newBuilder().setIndex(1).setEpochs(1));
    end();
  }

  private WorkRecord.Builder work() {
    return turn.work("trial/x").orElseThrow();
  }

  private CellRecord.Builder cell(long index) {
    return turn.cell("s", index).orElseThrow();
  }

  @Test
  void changesOfTwoWhoLookedUpTheSame_areBothWritten() {
    given();
    WorkRecord.Builder one = work();
    work().setSpent(7);
    one.setOffers(3);
    cell(0).setEpochs(5);
    cell(0).setReused(true);
    end();
    assertThat(work().getSpent()).isEqualTo(7);
    assertThat(work().getOffers()).isEqualTo(3);
    assertThat(work().getAttempt()).isEqualTo(1);
    assertThat(cell(0).getEpochs()).isEqualTo(5);
    assertThat(cell(0).getReused()).isTrue();
  }

  @Test
  void partThatFails_takesBackItsChangesAndNoOthers() {
    given();
    work().setSpent(1);
    cell(0).setEpochs(2);
    assertThat(
            turn.attempt(
                "a part",
                () -> {
                  work().setSpent(9);
                  cell(0).setEpochs(9);
                  turn.deleteCell("s", 1);
                  turn.addCell("s", CellRecord.newBuilder().setIndex(2));
                  turn.addWork(WorkRecord.newBuilder().setWorkId("trial/new"));
                  turn.deleteWork("trial/x");
                  throw new UndecidableException("no");
                }))
        .isPresent();
    assertThat(work().getSpent()).isEqualTo(1);
    end();
    assertThat(work().getSpent()).isEqualTo(1);
    assertThat(cell(0).getEpochs()).isEqualTo(2);
    assertThat(turn.cellIndices("s")).containsExactly(0L, 1L);
    assertThat(turn.work("trial/new")).isEmpty();
  }

  @Test
  void scan_seesWhatIsNotWrittenYet() {
    given();
    cell(1).setEpochs(8);
    turn.deleteCell("s", 0);
    turn.addCell("s", CellRecord.newBuilder().setIndex(4).setEpochs(4));
    assertThat(turn.cellIndices("s")).containsExactly(1L, 4L);
    assertThat(turn.cells("s")).extracting(CellRecord::getEpochs).containsExactly(8, 4);
    cell(1).setEpochs(1);
    end();
    assertThat(turn.cells("s")).extracting(CellRecord::getEpochs).containsExactly(1, 4);
  }

  @Test
  void deleted_isGoneForAllWhoAsk_andMayComeAnew() {
    given();
    turn.deleteWork("trial/x");
    assertThat(turn.work("trial/x")).isEmpty();
    turn.addWork(WorkRecord.newBuilder().setWorkId("trial/x").setAttempt(5));
    end();
    assertThat(work().getAttempt()).isEqualTo(5);
    turn.deleteWork("trial/x");
    end();
    assertThat(state.get(Keys.work("trial/x"))).isNull();
  }

  @Test
  void damagedEntry_isDeletedUnread() {
    state.entries().put(Keys.cell("s", 3), "damaged".getBytes(StandardCharsets.UTF_8));
    turn.deleteCell("s", 3);
    assertThat(turn.cellIndices("s")).isEmpty();
    end();
    assertThat(state.get(Keys.cell("s", 3))).isNull();
  }

  @Test
  void unchanged_isNotWritten() {
    given();
    state
        .entries()
        .put(Keys.sweep("s"), SweepRecord.newBuilder().setSweepId("s").build().toByteArray());
    var sweep = turn.sweep("s").orElseThrow();
    var unused = work();
    assertThat(turn.decide(new Answer.None()).changes()).containsOnlyKeys(Keys.CLOCK);
    assertThat(sweep.getRevision()).isZero();
    turn = turn();
    turn.sweep("s").orElseThrow().setDone(1);
    end();
    assertThat(turn.sweep("s").orElseThrow().getRevision()).isEqualTo(1);
  }

  @Test
  void whatIsThere_isNotAddedAgain() {
    given();
    assertThatThrownBy(() -> turn.addCell("s", CellRecord.newBuilder().setIndex(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("look it up and change it");
    turn.addWork(WorkRecord.newBuilder().setWorkId("trial/new"));
    assertThatThrownBy(() -> turn.addWork(turn.work("trial/new").orElseThrow()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(cell(1).getEpochs()).isEqualTo(1);
  }

  @Test
  void sweepIds_areThoseStoredAndThoseAdded_readableOrNot() {
    state.entries().put(Keys.sweep("a"), "damaged".getBytes(StandardCharsets.UTF_8));
    turn.addSweep(SweepRecord.newBuilder().setSweepId("b"), Sweep.getDefaultInstance());
    assertThat(turn.sweepIds()).containsExactly("a", "b");
  }
}
