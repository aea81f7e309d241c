package dev.rote.metrics.metric;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.storage.MissingArtifactException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.networks.Network;
import dev.rote.recipes.Loss;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TrialResult;
import java.util.HashMap;
import java.util.Map;

/** What a metric can see of a trial. Not safe for use by several threads at once. */
public final class MeasuredTrial {
  /* Measurements run side by side, one thread each; the count is part of the results' identity. */
  private static final int THREADS = 1;

  private final TrialResult result;
  private final StoredTrials trials;
  private final StoredNetworks networks;
  private final Map<ExampleSelection, ExampleSet> examples = new HashMap<>();

  public MeasuredTrial(TrialResult result, StoredTrials trials, StoredNetworks networks) {
    this.result = result;
    this.trials = trials;
    this.networks = networks;
  }

  /** The result, with the trial's specification. */
  public TrialResult result() {
    return result;
  }

  /**
   * The network after an epoch, on one thread; the caller closes it.
   *
   * @throws MissingArtifactException {@code CHECKPOINT_MISSING}
   */
  public Network network(int epoch) {
    return open(epoch, THREADS);
  }

  /**
   * The network after an epoch, on as many threads as the trial was trained with; the caller closes
   * it.
   *
   * @throws MissingArtifactException {@code CHECKPOINT_MISSING}
   */
  public Network trainingNetwork(int epoch) {
    return open(epoch, result.getSpec().getTraining().getThreads());
  }

  private Network open(int epoch, int threads) {
    Loss loss = Loss.of(result.getSpec().getLoss());
    return networks.open(result.getTrialId(), epoch, loss, threads);
  }

  /**
   * A block of the trace of the trial, in the order of the training split.
   *
   * @param examples N of that split
   * @throws MissingArtifactException {@code TRACE_MISSING}
   */
  public TraceBlock trace(int examples, int epoch, int block) {
    return trials.trace(result, examples, epoch, block);
  }

  /** What computes the networks. */
  public String backend() {
    return networks.backend();
  }

  /**
   * Examples of the variant that the trial was trained on.
   *
   * @param selection all defaults filled in
   * @throws MissingArtifactException {@code VARIANT_MISSING}
   */
  public ExampleSet examples(ExampleSelection selection) {
    return examples.computeIfAbsent(selection, wanted -> trials.examples(result, wanted));
  }
}
