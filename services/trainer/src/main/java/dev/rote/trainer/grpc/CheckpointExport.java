package dev.rote.trainer.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.checkpoints.CheckpointFile;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.grpcerrors.ApiException;
import dev.rote.networks.Engine;
import dev.rote.networks.Network;
import dev.rote.networks.dl4j.ModelExport;
import dev.rote.recipes.CrossEntropy;
import dev.rote.runtime.ServiceConfig;
import dev.rote.trainer.config.TrainerConfig;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.ExportCheckpointResponse;
import dev.rote.weights.WeightFormat;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checkpoints as files of other programs, sent no faster than the client takes them in. */
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

  /** Writes a checkpoint as a file. */
  interface Writing {
    /**
     * Writes it.
     *
     * @param checkpoint at its first tensor
     * @throws IllegalArgumentException if the network cannot be written so
     */
    void write(CheckpointReader checkpoint, Path file) throws IOException;
  }

  /**
   * What writes a format.
   *
   * @throws ApiException if there is none
   */
  Writing writing(ExportCheckpointRequest request) {
    return switch (request.getFormat()) {
      case UNSPECIFIED, DL4J -> {
        if (request.getOptimizer()) {
          throw ApiException.invalid(
              "optimizer", "must be left out: what is exported to DL4J is the network alone");
        }
        yield this::writeDl4j;
      }
      case NPZ -> file(WeightFormat.NPZ, false, request);
      case SAFETENSORS -> file(WeightFormat.SAFETENSORS, false, request);
      case TORCH -> file(WeightFormat.SAFETENSORS, true, request);
      case TORCH_NPZ -> file(WeightFormat.NPZ, true, request);
      case UNRECOGNIZED ->
          throw ApiException.invalid(
              "format", "must be one that this version knows, was " + request.getFormatValue());
    };
  }

  private static Writing file(WeightFormat format, boolean torch, ExportCheckpointRequest request) {
    CheckpointFile file;
    try {
      file = new CheckpointFile(format, torch, request.getOptimizer());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("optimizer", String.valueOf(e.getMessage()));
    }
    return (reader, path) ->
        file.write(reader, new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
  }

  private void writeDl4j(CheckpointReader reader, Path file) throws IOException {
    try (Network network = CheckpointNetwork.open(reader, engine, CrossEntropy.PLAIN, 1)) {
      ModelExport.write(network, file);
    }
  }

  /**
   * Sends a checkpoint and completes the call.
   *
   * @param writing from {@link #writing}
   * @param ready released whenever the transport has room again or the client is gone
   */
  void send(
      String trialId,
      int epoch,
      Writing writing,
      ServerCallStreamObserver<ExportCheckpointResponse> client,
      Semaphore ready)
      throws InterruptedException {
    try {
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "export-", ".part");
      try {
        if (write(trialId, epoch, writing, file, client)) {
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
      Writing writing,
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
    try (CheckpointReader reader = CheckpointReader.open(store, key)) {
      writing.write(reader, file);
      return true;
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("format", String.valueOf(e.getMessage()));
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
