package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.KeyHash;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.InTheNameOf;
import dev.rote.embedded.Part;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.SweepFiles;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.DownloadReportRequest;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.MapTrialsRequest;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.WatchSweepRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may see and steer whose sweeps, method by method, at the door of a running stack. */
@ExtendWith(SharedLaboratory.class)
class OwnedSweepsIT {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: NAME}
      spec:
        suspend: true
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 1}
      """;

  private final List<ManagedChannel> opened = new ArrayList<>();
  private final Map<String, String> keys = new LinkedHashMap<>();

  @AfterEach
  void close() {
    opened.forEach(ManagedChannel::shutdownNow);
  }

  /** Lets people in whom no other test knows. */
  private void admit(Laboratory laboratory, String... lines) throws Exception {
    StringBuilder file = new StringBuilder();
    for (String line : lines) {
      String key = KeyHash.newKey();
      keys.put(line.substring(0, line.indexOf(' ')), key);
      file.append(KeyHash.of(key)).append(' ').append(line).append('\n');
    }
    Path state = laboratory.site().state().orElseThrow();
    Files.writeString(state.resolve("access.keys"), file, StandardOpenOption.APPEND);
    for (String name : keys.keySet()) {
      await(as(laboratory, name));
    }
  }

  private static void await(SweepsServiceBlockingStub sweeps) throws Exception {
    for (int i = 0; i < 100; i++) {
      try {
        sweeps.listSweeps(ListSweepsRequest.getDefaultInstance());
        return;
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        Thread.sleep(50);
      }
    }
    throw new AssertionError("a key that was added was not let in");
  }

  private SweepsServiceBlockingStub as(Laboratory laboratory, String name) {
    String target = Objects.requireNonNull(laboratory.site().addresses().grpc().get(Part.SWEEPS));
    ManagedChannel channel =
        Channels.open(target, () -> Optional.of(Objects.requireNonNull(keys.get(name))));
    opened.add(channel);
    return SweepsServiceGrpc.newBlockingStub(channel);
  }

  private static SubmitSweepResponse submit(SweepsServiceBlockingStub sweeps, String name) {
    return sweeps.submitSweep(
        SubmitSweepRequest.newBuilder()
            .setSweep(SweepFiles.parse(SWEEP.replace("NAME", name), "test"))
            .build());
  }

  private static void all(Iterator<?> answers) {
    answers.forEachRemaining(answer -> {});
  }

  /** A call of each method that reads one sweep. */
  private static Map<String, Consumer<SweepsServiceBlockingStub>> reads(String id) {
    Map<String, Consumer<SweepsServiceBlockingStub>> calls = new LinkedHashMap<>();
    calls.put("get", s -> s.getSweep(GetSweepRequest.newBuilder().setSweep(id).build()));
    calls.put(
        "watch", s -> s.watchSweep(WatchSweepRequest.newBuilder().setSweep(id).build()).next());
    calls.put("trials", s -> s.listTrials(ListTrialsRequest.newBuilder().setSweep(id).build()));
    calls.put("map", s -> s.mapTrials(MapTrialsRequest.newBuilder().setSweep(id).build()));
    calls.put(
        "describe", s -> s.describeTrial(DescribeTrialRequest.newBuilder().setSweep(id).build()));
    calls.put(
        "results",
        s -> s.getResults(GetResultsRequest.newBuilder().setSweep(id).setPartial(true).build()));
    calls.put(
        "report",
        s ->
            all(
                s.downloadReport(
                    DownloadReportRequest.newBuilder().setSweep(id).setPartial(true).build())));
    calls.put(
        "table",
        s ->
            all(
                s.exportTable(
                    ExportTableRequest.newBuilder().setSweep(id).setTable("trials").build())));
    return calls;
  }

  /** A call of each method that steers one, in an order in which its owner may. */
  private static Map<String, Consumer<SweepsServiceBlockingStub>> steers(String id) {
    Map<String, Consumer<SweepsServiceBlockingStub>> calls = new LinkedHashMap<>();
    calls.put("pause", s -> s.pauseSweep(PauseSweepRequest.newBuilder().setSweep(id).build()));
    calls.put("cancel", s -> s.cancelSweep(CancelSweepRequest.newBuilder().setSweep(id).build()));
    calls.put("retry", s -> s.retryFailed(RetryFailedRequest.newBuilder().setSweep(id).build()));
    calls.put("again", s -> s.pauseSweep(PauseSweepRequest.newBuilder().setSweep(id).build()));
    calls.put("resume", s -> s.resumeSweep(ResumeSweepRequest.newBuilder().setSweep(id).build()));
    calls.put("end", s -> s.cancelSweep(CancelSweepRequest.newBuilder().setSweep(id).build()));
    return calls;
  }

  private static StatusRuntimeException refusal(
      SweepsServiceBlockingStub caller, Consumer<SweepsServiceBlockingStub> call) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(caller));
  }

  /** The door lets the call through, whatever becomes of it behind. */
  private static void admitted(
      String what, SweepsServiceBlockingStub caller, Consumer<SweepsServiceBlockingStub> call) {
    try {
      call.accept(caller);
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .as("%s: %s", what, e)
          .isEqualTo(Status.Code.FAILED_PRECONDITION);
    }
  }

  private static List<String> listed(SweepsServiceBlockingStub sweeps) {
    return sweeps
        .listSweeps(ListSweepsRequest.newBuilder().setPageSize(1_000).build())
        .getSweepsList()
        .stream()
        .map(sweep -> sweep.getStatus().getSweepId())
        .toList();
  }

  @Test
  void shouldBeTheOwnersAndTheGroupsWhenOthersAskToo(Laboratory laboratory) throws Exception {
    admit(
        laboratory,
        "ada submitter vision",
        "bob submitter vision",
        "vic viewer vision",
        "eve submitter audio",
        "mallory submitter",
        "root admin");
    SubmitSweepResponse mine = submit(as(laboratory, "ada"), "owned");
    String id = mine.getSweep().getStatus().getSweepId();
    assertThat(mine.getSweep().getStatus().getOwner()).isEqualTo("ada");
    assertThat(mine.getSweep().getStatus().getGroup()).isEqualTo("vision");

    for (String reader : List.of("ada", "bob", "vic", "root")) {
      reads(id).forEach((what, call) -> admitted(what, as(laboratory, reader), call));
      assertThat(listed(as(laboratory, reader))).as(reader).contains(id);
    }
    for (String stranger : List.of("eve", "mallory")) {
      reads(id)
          .forEach(
              (what, call) ->
                  assertThat(refusal(as(laboratory, stranger), call).getStatus().getCode())
                      .as("%s by %s", what, stranger)
                      .isEqualTo(Status.Code.NOT_FOUND));
      steers(id)
          .forEach(
              (what, call) ->
                  assertThat(refusal(as(laboratory, stranger), call).getStatus().getCode())
                      .as("%s by %s", what, stranger)
                      .isEqualTo(Status.Code.NOT_FOUND));
      assertThat(listed(as(laboratory, stranger))).as(stranger).doesNotContain(id);
    }
    steers(id)
        .forEach(
            (what, call) ->
                assertThat(refusal(as(laboratory, "vic"), call).getStatus().getCode())
                    .as(what)
                    .isEqualTo(Status.Code.PERMISSION_DENIED));
    steers(id).forEach((what, call) -> admitted(what, as(laboratory, "bob"), call));
  }

  @Test
  void shouldReadAndNotSteerWhenTheSameSweepIsSubmittedByAnother(Laboratory laboratory)
      throws Exception {
    admit(laboratory, "ada submitter vision", "eve submitter audio", "root admin");
    String id = submit(as(laboratory, "ada"), "twice").getSweep().getStatus().getSweepId();
    SubmitSweepResponse second = submit(as(laboratory, "eve"), "twice");

    assertThat(second.getCreated()).isFalse();
    assertThat(second.getSweep().getStatus().getSweepId()).isEqualTo(id);
    assertThat(second.getSweep().getStatus().getReadersList()).containsExactly("eve");
    assertThat(second.getWarningsList())
        .anySatisfy(warning -> assertThat(warning).contains("this sweep is ada's", "another name"));
    reads(id).forEach((what, call) -> admitted(what, as(laboratory, "eve"), call));
    steers(id)
        .forEach(
            (what, call) -> {
              StatusRuntimeException refused = refusal(as(laboratory, "eve"), call);
              assertThat(refused.getStatus().getCode())
                  .as(what)
                  .isEqualTo(Status.Code.PERMISSION_DENIED);
              assertThat(ApiErrors.reason(refused)).contains("NOT_OWNER");
              assertThat(refused.getStatus().getDescription()).contains("ask ada");
            });
    steers(id).forEach((what, call) -> admitted(what, as(laboratory, "root"), call));
  }

  @Test
  void shouldBeAnothersWhenAnAdminCallsInThatName(Laboratory laboratory) throws Exception {
    admit(laboratory, "ada submitter", "eve submitter", "root admin");
    SweepsServiceBlockingStub forAda =
        as(laboratory, "root").withInterceptors(new InTheNameOf("ada"));
    Sweep named = submit(forAda, "named").getSweep();

    assertThat(named.getStatus().getOwner()).isEqualTo("ada");
    assertThat(listed(as(laboratory, "ada"))).contains(named.getStatus().getSweepId());
    StatusRuntimeException refused =
        refusal(
            as(laboratory, "eve").withInterceptors(new InTheNameOf("ada")),
            sweeps -> sweeps.listSweeps(ListSweepsRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(ApiErrors.reason(refused)).contains("NAME_FOREIGN");
    Path log = laboratory.site().state().orElseThrow().resolve("logs").resolve("sweeps.log");
    assertThat(log).content().contains("caller=root for=ada from=/127.0.0.1:");
    forAda.cancelSweep(
        CancelSweepRequest.newBuilder().setSweep(named.getStatus().getSweepId()).build());
  }
}
