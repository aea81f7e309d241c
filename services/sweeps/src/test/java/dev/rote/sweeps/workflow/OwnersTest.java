package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.access.Caller;
import dev.rote.access.Role;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whose sweeps are, what a second submitter gets, and what a name stands for. */
class OwnersTest {
  private final Workplace place = new Workplace();

  private static SweepSubmitted.Builder by(String owner, String group) {
    return SweepSubmitted.newBuilder().setOwner(owner).setGroup(group).setMemberOf(group);
  }

  private Answer.Submitted submit(String id, Sweep sweep, SweepSubmitted.Builder by) {
    return (Answer.Submitted)
        place.tell(
            WorkflowEvent.newBuilder()
                .setSweepSubmitted(
                    by.setSweepId(id).setSweep(sweep).setVersions(Workplace.VERSIONS.toString())));
  }

  private static Sweep suspended(String name, int parallelism) {
    Sweep.Builder sweep = sweep(name, 4, parallelism, 0).toBuilder();
    sweep.getSpecBuilder().setSuspend(true);
    return sweep.build();
  }

  private static Predicate<SweepRecord> seenBy(String name, String group) {
    Caller caller = new Caller(name, Set.of(Role.SUBMITTER), group);
    return record -> Owners.of(record).mayRead(caller);
  }

  private Optional<String> found(String text, String name, String group) {
    return new WorkflowView(place.state())
        .sweep(text, record -> record.getOwner().equals(name), seenBy(name, group))
        .map(SweepRecord::getSweepId);
  }

  @Test
  void submit_anew_isTheSubmitters() {
    SweepStatus status = submit("s", sweep("s", 4, 1, 0), by("ada", "vision")).status();

    assertThat(status.getOwner()).isEqualTo("ada");
    assertThat(status.getGroup()).isEqualTo("vision");
    assertThat(status.getReadersList()).isEmpty();
  }

  @Test
  void submit_byAnother_readsItAndChangesNothing() {
    submit("s", sweep("s", 4, 1, 0), by("ada", "vision"));
    Answer.Submitted second = submit("s", suspended("s", 3), by("eve", "audio"));

    assertThat(second.created()).isFalse();
    assertThat(second.status().getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(second.status().getCounts().getRunning()).isEqualTo(1);
    assertThat(second.status().getOwner()).isEqualTo("ada");
    assertThat(second.status().getGroup()).isEqualTo("vision");
    assertThat(second.status().getReadersList()).containsExactly("eve");
    assertThat(place.spec("s").getSpec().getParallelism()).isEqualTo(1);
    submit("s", suspended("s", 3), by("eve", "audio"));
    assertThat(place.status("s").getReadersList()).containsExactly("eve");
  }

  @Test
  void submit_byTheOwnerOrHerGroupOrOneWhoSteersAll_steersIt() {
    submit("s", sweep("s", 4, 1, 0), by("ada", "vision"));
    submit("s", sweep("s", 4, 2, 0), by("ada", "vision"));
    assertThat(place.status("s").getCounts().getRunning()).isEqualTo(2);
    submit("s", sweep("s", 4, 3, 0), by("bob", "vision"));
    assertThat(place.status("s").getCounts().getRunning()).isEqualTo(3);
    submit("s", sweep("s", 4, 4, 0), by("root", "").setSteersAll(true));
    assertThat(place.status("s").getCounts().getRunning()).isEqualTo(4);
    assertThat(place.status("s").getReadersList()).isEmpty();
    assertThat(place.status("s").getGroup()).isEqualTo("vision");
  }

  @Test
  void submit_byTheOwnerForAnotherGroup_isSharedByThatOne() {
    submit("s", sweep("s", 4, 1, 0), by("ada", "vision"));
    submit("s", sweep("s", 4, 1, 0), by("ada", "vision").setGroup("audio"));

    assertThat(place.status("s").getGroup()).isEqualTo("audio");
    assertThat(found("s", "bob", "vision")).isEmpty();
    assertThat(found("s", "eve", "audio")).contains("s");
  }

  @Test
  void submit_fromBeforeThereWereOwners_isEverybodys() {
    place.submit("s", sweep("s", 4, 1, 0));
    submit("s", sweep("s", 4, 2, 0), by("eve", "audio"));

    assertThat(place.status("s").getOwner()).isEmpty();
    assertThat(place.status("s").getCounts().getRunning()).isEqualTo(2);
    assertThat(found("s", "bob", "")).contains("s");
  }

  @Test
  void submit_ofANameThatIsNone_isSetAside() {
    Answer answer =
        place.tell(
            WorkflowEvent.newBuilder()
                .setSweepSubmitted(by("a|b", "").setSweepId("s").setSweep(sweep("s", 1, 1, 0))));

    assertThat(((Answer.Undecided) answer).reason()).contains("owner must be of letters");
    assertThat(place.state.count("sweep/")).isZero();
  }

  @Test
  void find_nameThatOthersTookSince_isTheCallersOwnNewest() {
    submit("s-1", sweep("s", 4, 1, 0), by("ada", "vision"));
    submit("s-2", sweep("s", 5, 1, 0), by("ada", "vision"));
    submit("s-3", sweep("s", 6, 1, 0), by("eve", ""));

    assertThat(found("s", "ada", "vision")).contains("s-2");
    assertThat(found("s", "bob", "vision")).contains("s-2");
    assertThat(found("s", "eve", "")).contains("s-3");
    assertThat(found("s", "mallory", "")).isEmpty();
    assertThat(found("s-1", "eve", "")).isEmpty();
    assertThat(found("s-1", "bob", "vision")).contains("s-1");
  }

  @Test
  void find_nameThatAStrangerSharesWithTheGroup_isStillTheOwnersOwn() {
    submit("s-1", sweep("s", 4, 1, 0), by("ada", "vision"));
    submit("s-2", sweep("s", 5, 1, 0), by("mallory", "").setGroup("vision"));

    assertThat(found("s", "ada", "vision")).contains("s-1");
    assertThat(found("s", "mallory", "")).contains("s-2");
    assertThat(found("s-2", "ada", "vision")).contains("s-2");
  }

  @Test
  void list_ofACaller_hasPagesOfWhatItMaySee() {
    for (int i = 0; i < 10; i++) {
      submit("s-" + i, sweep("s" + i, 1, 1, 0), by(i % 3 == 0 ? "ada" : "eve", ""));
    }
    WorkflowView view = new WorkflowView(place.state());
    WorkflowView.Page first = view.sweeps("", 2, seenBy("ada", ""));
    WorkflowView.Page second = view.sweeps(first.nextToken(), 2, seenBy("ada", ""));

    assertThat(first.sweeps()).extracting(SweepRecord::getSweepId).containsExactly("s-9", "s-6");
    assertThat(second.sweeps()).extracting(SweepRecord::getSweepId).containsExactly("s-3", "s-0");
    assertThat(second.nextToken()).isEmpty();
    assertThat(view.sweeps("", 2, seenBy("mallory", "")).sweeps()).isEmpty();
  }
}
