package dev.rote.trainer.grpc;

import dev.rote.trainer.training.RunControl;
import dev.rote.v1.RunTrialResponse;
import dev.rote.v1.TrialProgress;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.BooleanSupplier;

/**
 * A run for a client that waits for it: stops when the client is gone; progress that the client is
 * too slow for is left out.
 *
 * @param stopping whether the service comes to an end
 */
record DirectRun(ServerCallStreamObserver<RunTrialResponse> client, BooleanSupplier stopping)
    implements RunControl {

  @Override
  public boolean shouldStop() {
    return client.isCancelled() || stopping.getAsBoolean();
  }

  @Override
  public void progress(TrialProgress newest) {
    if (client.isReady() && !client.isCancelled()) {
      client.onNext(RunTrialResponse.newBuilder().setProgress(newest).build());
    }
  }
}
