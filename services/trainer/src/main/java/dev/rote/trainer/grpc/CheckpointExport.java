package dev.rote.trainer.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.grpcerrors.ApiException;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.networks.dl4j.ModelExport;
import dev.rote.recipes.CrossEntropy;
import dev.rote.runtime.ServiceConfig;
import dev.rote.trainer.config.TrainerConfig;
import dev.rote.v1.ExportCheckpointResponse;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checkpoints as DL4J models, sent no faster than the client takes them in. */
@Singleton
class CheckpointExport {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final long GLANCE_MILLIS = 200;

  private final ObjectStore store;
  private final Engine engine;
  private final Path scratch;
  private final Duration patience;
  private final Semaphore one = new Semaphore(1, true);

  CheckpointExport(ObjectStore store, Engine engine, TrainerConfig config, ServiceConfig service) {
    this.store = store;
    this.engine = engine;
    this.scratch = service.cache().resolve("trainer");
    this.patience = config.trainer().streamPatience();
  }

  /**
   * Sends a checkpoint and completes the call.
   *
   * @param ready released whenever the transport has room again or the client is gone
   */
  void send(
      String trialId,
      int epoch,
      ServerCallStreamObserver<ExportCheckpointResponse> client,
      Semaphore ready)
      throws InterruptedException {
    try {
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "export-", ".zip");
      try {
        if (write(trialId, epoch, file, client)) {
          stream(file, client, ready);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not export trial " + trialId + " by " + scratch, e);
    }
  }

  /** Whether the client was still there when its turn came. */
  private boolean write(
      String trialId,
      int epoch,
      Path file,
      ServerCallStreamObserver<ExportCheckpointResponse> client)
      throws IOException, InterruptedException {
    String key = ArtifactKeys.checkpoint(trialId, epoch);
    /* One at a time: a model is in memory twice while it is converted. */
    while (!one.tryAcquire(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (client.isCancelled()) {
        return false;
      }
    }
    try (CheckpointReader reader = CheckpointReader.open(store, key);
        Network network = CheckpointNetwork.open(reader, engine, CrossEntropy.PLAIN, 1)) {
      ModelExport.write(network, file);
      return true;
    } catch (ObjectStoreException e) {
      if (e.reason() != ObjectStoreException.Reason.NOT_FOUND) {
        throw e;
      }
      throw ApiException.notFound(
          "checkpoint", key, "trial " + trialId + " has no checkpoint of epoch " + epoch);
    } finally {
      one.release();
    }
  }

  private void stream(
      Path file, ServerCallStreamObserver<ExportCheckpointResponse> client, Semaphore ready)
      throws IOException, InterruptedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      while (chunk.length > 0) {
        while (!client.isReady()) {
          if (client.isCancelled()) {
            return;
          }
          if (!ready.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ApiException.exhausted(
                "the export was left unread for " + patience, Duration.ofSeconds(1));
          }
        }
        client.onNext(
            ExportCheckpointResponse.newBuilder()
                .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                .build());
        chunk = in.readNBytes(CHUNK_BYTES);
      }
    }
    client.onCompleted();
  }
}
