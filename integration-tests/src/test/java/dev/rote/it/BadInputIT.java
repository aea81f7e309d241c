package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.embedded.Part;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SpecException;
import dev.rote.testkit.Laboratory;
import dev.rote.testkit.MutatedRequests;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.Examples;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.MetricsServiceGrpc;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused at the door, with field, value and bound, and leaves nothing behind. */
@ExtendWith(SharedLaboratory.class)
class BadInputIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          repetitions: 2 | repetitions: 0 | INVALID_ARGUMENT | spec.repetitions: must be in [1, 10000], was 0
          {rule: GAUSSIAN} | {rule: GAUSSIAN, level: 1.5} | INVALID_ARGUMENT | level: must be in [0, 1], was 1.5
          name: bad | name: ../bad | INVALID_ARGUMENT | metadata.name: must be 1 to 53 lower-case letters
          - label: real | - label: randX | INVALID_ARGUMENT | label: must be unique on its axis
          repetitions: 2 | repetitions: 10000\\n  axes: [{name: s, field: seed, values: [1,2,3,4,5,6,7,8,9,10,11]}] | INVALID_ARGUMENT | 110000
          {name: strokes, trainSize: 400, validationSize: 200} | {name: fashion-mnist} | DATA_LOSS | fashion-mnist
          {name: strokes, trainSize: 400, validationSize: 200} | {name: kmnist} | FAILED_PRECONDITION | kmnist
          {name: strokes, trainSize: 400, validationSize: 200} | {name: idx, trainSize: 5, validationSize: 2, idx: {trainImages: own/images, trainLabels: own/labels}} | DATA_LOSS | own/images
          """)
  void shouldRefuseAtTheDoorWhenASweepIsWrong(
      String line, String wrong, Status.Code code, String message, Laboratory laboratory) {
    String sound = TinySweep.named("bad", 1, 2);
    assertThat(sound).contains(line);
    String text = sound.replace(line, wrong.replace("\\n", "\n"));
    if (wrong.contains("axes:")) {
      text =
          text.replaceFirst("(?s)  axes:\n.*?  repetitions", "  repetitions")
              .replaceFirst("(?s)  figures:.*", "");
    }
    String refusedText = text;
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> laboratory.submit(refusedText));
    assertThat(Objects.requireNonNull(refused, "not refused").getStatus().getCode())
        .isEqualTo(code);
    assertThat(ApiErrors.describe(refused)).contains(message);

    StatusRuntimeException absent =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                laboratory.sweeps().getSweep(GetSweepRequest.newBuilder().setSweep("bad").build()));
    assertThat(absent.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void shouldNameEveryMistakeWhenAFileHasUnknownFieldsAndWrongTypes(Laboratory laboratory) {
    String text =
        TinySweep.named("bad", 1, 2)
            .replace("hidden:", "hiden:")
            .replace("repetitions: 2", "repetitions: two");
    SpecException refused =
        catchThrowableOfType(SpecException.class, () -> laboratory.submit(text));
    assertThat(Objects.requireNonNull(refused).violations()).hasSize(2);
    assertThat(refused)
        .hasMessageContaining("did you mean hidden?")
        .hasMessageContaining("was \"two\"");
  }

  @Test
  void shouldRefuseTheCheckpointWhenItsBytesAreDamaged(Laboratory laboratory) throws Exception {
    Sweep sweep = laboratory.run(TinySweep.named("damaged", 71, 2));
    String trialId = Ids.trialId(Grid.of(sweep.getSpec()).cell(0).trial()).value();
    String key = ArtifactKeys.checkpoint(trialId, 2);
    byte[] sound = laboratory.store().get(key);
    byte[] bytes = sound.clone();
    bytes[bytes.length / 2] ^= 1;
    laboratory.store().put(key, bytes);
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                TrainerServiceGrpc.newBlockingStub(laboratory.channel(Part.TRAINER))
                    .exportCheckpoint(
                        ExportCheckpointRequest.newBuilder()
                            .setTrialId(trialId)
                            .setEpoch(2)
                            .build())
                    .forEachRemaining(chunk -> {}));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    assertThat(ApiErrors.describe(refused)).contains(trialId);
    /* Other tests of this laboratory may have the same trial. */
    laboratory.store().put(key, sound);
  }

  @Test
  void shouldSayBothShapesWhenAnExampleHasTheWrongOne(Laboratory laboratory) throws Exception {
    Sweep sweep = laboratory.run(TinySweep.named("shapes", 81, 1));
    String trialId = Ids.trialId(Grid.of(sweep.getSpec()).cell(0).trial()).value();
    CompletableFuture<String> outcome = new CompletableFuture<>();
    StreamObserver<FindCriticalSamplesRequest> requests =
        MetricsServiceGrpc.newStub(laboratory.channel(Part.METRICS))
            .findCriticalSamples(
                new StreamObserver<FindCriticalSamplesResponse>() {
                  @Override
                  public void onNext(FindCriticalSamplesResponse response) {
                    outcome.complete("answered");
                  }

                  @Override
                  public void onError(Throwable failure) {
                    outcome.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    outcome.complete("completed");
                  }
                });
    requests.onNext(
        FindCriticalSamplesRequest.newBuilder()
            .setHeader(SearchHeader.newBuilder().setTrialId(trialId))
            .build());
    requests.onNext(
        FindCriticalSamplesRequest.newBuilder()
            .setExamples(
                Examples.newBuilder()
                    .setShape(Shape.newBuilder().setChannels(1).setHeight(14).setWidth(14))
                    .setInputs(ByteString.copyFrom(new byte[14 * 14 * 4])))
            .build());
    ExecutionException failed =
        catchThrowableOfType(ExecutionException.class, () -> outcome.get(30, TimeUnit.SECONDS));
    StatusRuntimeException refused =
        (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(ApiErrors.describe(refused)).contains("14").contains("28");
  }

  /** Bytes that are no message reach no service, and are told so. */
  @Test
  void shouldRefuseWhateverBytesReachTheSweepsService(Laboratory laboratory) {
    MutatedRequests mutated = new MutatedRequests(laboratory.channel(Part.SWEEPS), 16);
    assertThat(
            mutated.send(
                SweepsServiceGrpc.getListTrialsMethod(),
                ListTrialsRequest.newBuilder().setSweep("none").setPageToken("3").build()))
        .isEmpty();
    assertThat(
            mutated.send(
                SweepsServiceGrpc.getGetResultsMethod(),
                GetResultsRequest.newBuilder().setSweep("none").setPartial(true).build()))
        .isEmpty();
    assertThat(
            mutated.send(
                WorkServiceGrpc.getClaimWorkMethod(),
                ClaimWorkRequest.newBuilder()
                    .setWorkId("trial/none")
                    .setWorker("nobody")
                    .setClaimId("claim")
                    .build()))
        .isEmpty();
  }
}
