package dev.rote.sweeps.grpc;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.DataOutline;
import dev.rote.sweeps.admission.VariantChecks;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.VariantSpec;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks the corruption service. */
public final class CorruptionChecks implements VariantChecks {
  private final CorruptionServiceBlockingStub corruption;
  private final Duration patience;

  public CorruptionChecks(Channel channel, Duration patience) {
    this.corruption = CorruptionServiceGrpc.newBlockingStub(channel);
    this.patience = patience;
  }

  @Override
  public DataOutline check(VariantSpec variant) {
    try {
      CheckVariantResponse checked =
          corruption
              .withWaitForReady()
              .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
              .checkVariant(CheckVariantRequest.newBuilder().setVariant(variant).build());
      return new DataOutline(checked.getShape(), checked.getClasses(), checked.getWarningsList());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        throw ApiException.unavailable(
            "the corruption service did not check a variant within " + patience.toSeconds() + " s",
            e);
      }
      throw e;
    }
  }
}
