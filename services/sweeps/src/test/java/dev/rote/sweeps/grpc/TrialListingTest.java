package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.TrialSummary;
import dev.rote.v1.TrialSummary.State;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialListingTest {
  private final Workplace place = new Workplace();
  private final TrialListing listing = new TrialListing(new Plans(Workplace::plan));

  private ListTrialsResponse page(long from, int size) {
    WorkflowView view = new WorkflowView(place.state());
    return listing.page(
        view, view.sweep("s").orElseThrow(), ListTrialsRequest.getDefaultInstance(), from, size);
  }

  private List<State> states() {
    return page(0, 100).getTrialsList().stream().map(TrialSummary::getState).toList();
  }

  @Test
  void page_sweepInAllStates_saysWhereEachCellIs() {
    place.submit("s", Workplace.sweep("s", 5, 2, 1));
    assertThat(states())
        .containsExactly(
            State.CORRUPTING, State.CORRUPTING, State.PENDING, State.PENDING, State.PENDING);
    place.completeNext();
    assertThat(states()).startsWith(State.TRAINING, State.TRAINING, State.PENDING);
    place.completeNext();
    assertThat(states()).startsWith(State.MEASURING, State.TRAINING, State.PENDING);
    assertThat(page(0, 1).getTrials(0).getEpochsDone()).isEqualTo(10);
    place.failNext();
    assertThat(states()).startsWith(State.MEASURING, State.FAILED, State.PENDING);
    place.completeNext();
    assertThat(states())
        .containsExactly(
            State.DONE, State.FAILED, State.CANCELLED, State.CANCELLED, State.CANCELLED);
    place.control("s", Control.RETRY_FAILED);
    assertThat(states())
        .containsExactly(State.DONE, State.TRAINING, State.TRAINING, State.PENDING, State.PENDING);
  }

  private List<Integer> map() {
    WorkflowView view = new WorkflowView(place.state());
    byte[] states = listing.map(view, view.sweep("s").orElseThrow()).toByteArray();
    return IntStream.range(0, states.length).mapToObj(i -> (int) states[i]).toList();
  }

  @Test
  void map_sweepInAllStates_isTheListing() {
    place.submit("s", Workplace.sweep("s", 5, 2, 1));
    assertThat(map()).isEqualTo(numbers());
    place.completeNext();
    place.completeNext();
    place.failNext();
    assertThat(map()).isEqualTo(numbers());
    place.completeNext();
    assertThat(map()).isEqualTo(numbers());
    place.control("s", Control.RETRY_FAILED);
    assertThat(map()).isEqualTo(numbers());
  }

  private List<Integer> numbers() {
    return states().stream().map(State::getNumber).toList();
  }

  @Test
  void page_ofStates_hasTheTrialsInThem() {
    place.submit("s", Workplace.sweep("s", 5, 2, 1));
    place.completeNext();
    WorkflowView view = new WorkflowView(place.state());
    ListTrialsResponse page =
        listing.page(
            view,
            view.sweep("s").orElseThrow(),
            ListTrialsRequest.newBuilder().addStates(State.PENDING).build(),
            0,
            2);
    assertThat(page.getTrialsList())
        .extracting(TrialSummary::getIndex, TrialSummary::getState)
        .containsExactly(tuple(2L, State.PENDING), tuple(3L, State.PENDING));
    assertThat(page.getNextPageToken()).isEqualTo("4");
  }

  @Test
  void page_ofAnAxisThatIsNone_isRefusedByName() {
    place.submit("s", Workplace.sweep("s", 5, 2, 1));
    WorkflowView view = new WorkflowView(place.state());
    ListTrialsRequest request = ListTrialsRequest.newBuilder().putLabels("no", "x").build();
    assertThatThrownBy(() -> listing.page(view, view.sweep("s").orElseThrow(), request, 0, 10))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("must name axes of the sweep")
        .hasMessageContaining("'no'");
  }

  @Test
  void pages_followEachOther() {
    place.submit("s", Workplace.sweep("s", 5, 2, 0));
    ListTrialsResponse first = page(0, 3);
    assertThat(first.getTrialsList())
        .extracting(TrialSummary::getIndex)
        .containsExactly(0L, 1L, 2L);
    ListTrialsResponse second = page(Pages.index(first.getNextPageToken()), 3);
    assertThat(second.getTrialsList()).extracting(TrialSummary::getIndex).containsExactly(3L, 4L);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void pageSizeAndToken_ofNoUse_areRefusedByName() {
    assertThatThrownBy(() -> Pages.size(1001))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("page_size")
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> Pages.index("x"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("page_token");
    assertThat(Pages.size(0)).isEqualTo(100);
  }
}
