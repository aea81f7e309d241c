package dev.rote.corruption.grpc;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.OpenDataset;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.VariantManifest;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Streams of examples, each on a thread of its own; a bounded number at a time. */
@Singleton
class ExampleStreams {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int IDLE_SECONDS = 30;

  private final ObjectStore store;
  private final Datasets datasets;
  private final Duration patience;
  private final int limit;
  private final ExecutorService threads;

  ExampleStreams(ObjectStore store, Datasets datasets, CorruptionConfig config) {
    this.store = store;
    this.datasets = datasets;
    this.patience = config.corruption().streamPatience();
    this.limit = config.corruption().streams();
    this.threads =
        new ThreadPoolExecutor(0, limit, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>());
  }

  /**
   * Starts a stream and returns.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when too many are running
   */
  void start(
      StreamExamplesRequest request, ServerCallStreamObserver<StreamExamplesResponse> client) {
    PacedStream<StreamExamplesResponse> paced = new PacedStream<>(client, patience);
    try {
      threads.execute(() -> run(request, client, paced));
    } catch (RejectedExecutionException e) {
      throw ApiException.exhausted("there are " + limit + " streams already", RETRY);
    }
  }

  private void run(
      StreamExamplesRequest request,
      ServerCallStreamObserver<StreamExamplesResponse> client,
      PacedStream<StreamExamplesResponse> paced) {
    try {
      send(request, paced);
    } catch (InterruptedException e) {
      client.onError(ApiException.unavailable("the service is stopping", e));
    } catch (RuntimeException e) {
      if (!client.isCancelled()) {
        client.onError(DatasetErrors.translate(e));
      }
    }
  }

  private void send(StreamExamplesRequest request, PacedStream<StreamExamplesResponse> paced)
      throws InterruptedException {
    VariantReader variant = VariantReader.open(store, request.getVariantId());
    VariantManifest manifest = variant.manifest();
    VariantSplit split = VariantSplit.of(request.getSplit());
    long examples = split.of(manifest).getExamples();
    long first = request.getOffset();
    if (first < 0 || first > examples) {
      throw ApiException.invalid(
          "offset", "must be in [0, " + examples + "], was " + Long.toUnsignedString(first));
    }
    long left = examples - first;
    long count = request.getCount();
    long end = count <= 0 || count > left ? examples : first + count;
    int values = ShardLayout.values(manifest.getShape());
    if (request.getOriginals() && request.getWithoutInputs()) {
      throw ApiException.invalid(
          "originals", "are inputs: leave out either originals or withoutInputs");
    }
    ExampleChunks.Inputs inputs =
        request.getWithoutInputs() ? ExampleChunks.Inputs.LEFT_OUT : ExampleChunks.Inputs.SENT;
    if (!request.getOriginals()) {
      paced.send(new ExampleChunks(variant, split, values, first, end, inputs, null));
      return;
    }
    try (OpenDataset real = datasets.open(manifest.getSpec().getDataset())) {
      paced.send(
          new ExampleChunks(
              variant,
              split,
              values,
              first,
              end,
              inputs,
              split == VariantSplit.TRAIN ? real.train() : real.validation()));
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
