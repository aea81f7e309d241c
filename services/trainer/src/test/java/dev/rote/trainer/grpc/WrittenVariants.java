package dev.rote.trainer.grpc;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.random.CounterRandom;
import dev.rote.spec.Ids;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.ImportWeightsResponse;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.MaterializeVariantResponse;
import dev.rote.v1.Shape;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers as the corruption service does, with variants of 64 seeded 8 x 8 images of three classes,
 * and files of weights that a test offers.
 */
public final class WrittenVariants extends CorruptionServiceGrpc.CorruptionServiceImplBase {
  private static final int EXAMPLES = 64;
  private static final int SIDE = 8;

  private final ObjectStore store;
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  public WrittenVariants(ObjectStore store) {
    this.store = store;
  }

  /** How many variants were made. */
  public int made() {
    return made.get();
  }

  /** Has a file of weights at hand. */
  public void offer(String sha256, byte[] file) {
    files.put(sha256, file.clone());
  }

  @Override
  public void importWeights(
      ImportWeightsRequest request, StreamObserver<ImportWeightsResponse> client) {
    String sha256 = request.getFile().getSha256();
    byte[] file = files.get(sha256);
    if (file == null) {
      client.onError(Status.FAILED_PRECONDITION.withDescription("no file").asRuntimeException());
      return;
    }
    store.putIfAbsent(ArtifactKeys.weights(sha256), file);
    client.onNext(ImportWeightsResponse.newBuilder().setSizeBytes(file.length).build());
    client.onCompleted();
  }

  @Override
  public void materializeVariant(
      MaterializeVariantRequest request, StreamObserver<MaterializeVariantResponse> client) {
    String id = Ids.variantId(request.getVariant()).value();
    made.incrementAndGet();
    VariantManifest manifest =
        VariantManifest.newBuilder()
            .setVariantId(id)
            .setFormatVersion(1)
            .setSpec(request.getVariant())
            .setShape(Shape.newBuilder().setChannels(1).setHeight(SIDE).setWidth(SIDE))
            .setClasses(3)
            .setTrain(split(id, "train"))
            .setValidation(split(id, "validation"))
            .build();
    StoredMessage.VARIANT_MANIFEST.putIfAbsent(store, manifest);
    client.onNext(MaterializeVariantResponse.newBuilder().setManifest(manifest).build());
    client.onCompleted();
  }

  private SplitManifest split(String id, String split) {
    ShardWriter shard =
        new ShardWriter(new ShardLayout(EXAMPLES, SIDE * SIDE, VariantManifest.Encoding.FLOAT32));
    shard.begin(0, EXAMPLES);
    float[] input = new float[SIDE * SIDE];
    for (int i = 0; i < EXAMPLES; i++) {
      CounterRandom.of(1, "class").fillGaussian(input, 0, input.length, i % 3, 0, 0.3, 0.5);
      input[0] += (float) CounterRandom.of(1, split).uniform(i, 0);
      shard.input(i, input, 0);
      shard.labels(i, i % 3, i % 3, i, (byte) 0);
    }
    store.putIfAbsent(ArtifactKeys.variantShard(id, split, 0), shard.toBytes());
    return SplitManifest.newBuilder()
        .setExamples(EXAMPLES)
        .setExamplesPerShard(EXAMPLES)
        .setEncoding(VariantManifest.Encoding.FLOAT32)
        .addShards(
            ShardRef.newBuilder()
                .setSizeBytes(shard.sizeBytes())
                .setSha256(ByteString.copyFrom(shard.sha256())))
        .build();
  }
}
