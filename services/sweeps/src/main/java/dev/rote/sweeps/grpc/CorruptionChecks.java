package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.DataOutline;
import dev.rote.sweeps.admission.OwnContents;
import dev.rote.sweeps.admission.VariantChecks;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.HashFilesRequest;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.VariantSpec;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the corruption service. */
public final class CorruptionChecks implements VariantChecks, OwnContents {
  private static final Duration GLANCE = Duration.ofSeconds(5);

  private final CorruptionServiceBlockingStub corruption;
  private final Duration patience;

  public CorruptionChecks(Channel channel, Duration patience) {
    this.corruption = CorruptionServiceGrpc.newBlockingStub(channel);
    this.patience = patience;
  }

  @Override
  public DataOutline check(VariantSpec variant) {
    CheckVariantResponse checked =
        ask(
            "check a variant",
            service ->
                service.checkVariant(CheckVariantRequest.newBuilder().setVariant(variant).build()));
    return new DataOutline(
        checked.getShape(),
        checked.getClasses(),
        checked.getTrainExamples(),
        checked.getValidationExamples(),
        checked.getWarningsList());
  }

  @Override
  public Map<String, String> of(Set<String> paths) {
    return ask(
            "read files of your own",
            service -> service.hashFiles(HashFilesRequest.newBuilder().addAllPaths(paths).build()))
        .getContentMap();
  }

  /** Checks a file of weights and has it stored. */
  void check(ImportWeightsRequest weights) {
    ask("check a file of weights", service -> service.importWeights(weights));
  }

  private <T> T ask(String what, Function<CorruptionServiceBlockingStub, T> call) {
    try {
      return call.apply(
          corruption
              .withWaitForReady()
              .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        String message =
            "the corruption service did not " + what + " within " + patience.toSeconds() + " s";
        throw answers() ? ApiException.timedOut(message, e) : ApiException.unavailable(message, e);
      }
      throw e;
    }
  }

  /* It is there: then it is what it was asked for that takes so long. */
  private boolean answers() {
    try {
      corruption
          .withDeadlineAfter(GLANCE.toMillis(), TimeUnit.MILLISECONDS)
          .listDatasets(ListDatasetsRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }
}
