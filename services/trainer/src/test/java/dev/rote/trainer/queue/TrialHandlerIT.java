package dev.rote.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.Versions;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.MaterializeVariantResponse;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkOutcome;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trial is trained under the ids that it was offered under, and under no others. */
class TrialHandlerIT {
  private static final TrialSpec TRIAL = trial();

  private final TestStack stack = new TestStack();
  private final List<MaterializeVariantRequest> asked =
      Collections.synchronizedList(new ArrayList<>());
  private HandlerUnderTest handler;

  private static TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes").setTrainSize(20).setValidationSize(10);
    trial.getModelBuilder().getMlpBuilder().addHidden(4);
    trial.getTrainingBuilder().setEpochs(1);
    return trial.build();
  }

  /** A corruption service of another release: it would make another variant. */
  @BeforeEach
  void start() throws Exception {
    handler =
        new HandlerUnderTest(
            stack,
            new CorruptionServiceGrpc.CorruptionServiceImplBase() {
              @Override
              public void materializeVariant(
                  MaterializeVariantRequest request,
                  StreamObserver<MaterializeVariantResponse> client) {
                asked.add(request);
                client.onError(
                    StatusProto.toStatusRuntimeException(
                        ApiException.precondition("OTHER_VERSION", "variant", "of another")
                            .status()));
              }
            });
  }

  @AfterEach
  void stop() {
    handler.close();
    stack.close();
  }

  private record Lease(Order order) implements WorkContext {
    @Override
    public void report(TrialProgress progress) {
      throw new AssertionError("nothing is trained");
    }

    @Override
    public int attempt() {
      return 1;
    }
  }

  private WorkOutcome handle(String id, String variantId) throws InterruptedException {
    return handler.handle(
        TrainTrialWork.newBuilder().setTrialId(id).setTrial(TRIAL).setVariantId(variantId).build(),
        new Lease(Order.CONTINUE));
  }

  @Test
  void handle_offeredUnderAnotherId_isNotDone() throws Exception {
    AdmittedTrial admitted = AdmittedTrial.of(Versions.CURRENT, TRIAL);
    String variant = admitted.variant().id().value();
    for (WorkOutcome outcome :
        List.of(handle("0123", variant), handle(admitted.id().value(), "0123"))) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              WorkOutcome.Failed.class,
              failed -> {
                assertThat(failed.reason()).isEqualTo("IDS_DIFFER");
                assertThat(failed.message()).contains("named '0123'");
                assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
              });
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void handle_corruptionServiceOfOtherVersions_isGivenBackWithoutAnAttempt() throws Exception {
    AdmittedTrial admitted = AdmittedTrial.of(Versions.CURRENT, TRIAL);
    String variant = admitted.variant().id().value();
    assertThat(handle(admitted.id().value(), variant))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.remedy()).isEqualTo(Remedy.WAIT);
              assertThat(failed.reason()).isEqualTo("OTHER_VERSION");
            });
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).getVariantId()).isEqualTo(variant);
  }
}
