package dev.rote.metrics;

import dev.rote.networks.Architecture;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;

/** Makes {@link LinearNetwork}s, for models without hidden layers. */
public final class LinearEngine implements Engine {

  @Override
  public String description() {
    return "linear";
  }

  @Override
  public Network create(Architecture architecture, int threads) {
    if (architecture.model().getMlp().getHiddenCount() > 0) {
      throw new IllegalArgumentException("the model must be linear");
    }
    return new LinearNetwork(
        new float[architecture.inputLength() * architecture.classes()],
        new float[architecture.classes()]);
  }

  @Override
  public void close() {}
}
