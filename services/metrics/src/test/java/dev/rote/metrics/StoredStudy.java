package dev.rote.metrics;

import com.google.protobuf.ByteString;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.spec.SemanticVersions;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantManifest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A variant of four examples of two pixels, and a linear trial on it, written to object storage.
 *
 * <p>At epoch e the logits are {@code (e (x0 - x1), 0)}: the boundary is {@code x0 = x1} and the
 * max-norm distance to it is {@code |x0 - x1| / 2}.
 */
public final class StoredStudy {
  public static final String TRIAL = "0123456789abcdef0123456789abcdef";
  public static final String VARIANT = "fedcba9876543210fedcba9876543210";

  /** Learning rate of every step. */
  public static final double RATE = 0.25;

  public static final Shape SHAPE =
      Shape.newBuilder().setChannels(1).setHeight(1).setWidth(2).build();

  /** Examples at distances 0.01, 0.02, 0.04 and 0.2 of the boundary; the last input is noise. */
  private static final float[] INPUTS = {0.52f, 0.5f, 0.5f, 0.54f, 0.58f, 0.5f, 0.1f, 0.5f};

  /** The last label was treated and is wrong. */
  private static final int[] LABELS = {0, 1, 0, 0};

  private final ObjectStore store;

  public StoredStudy(ObjectStore store) {
    this.store = store;
  }

  /** Writes the variant, the checkpoints 0, 1 and 4 and the result of a trial of 4 epochs. */
  public void write() {
    writeVariant();
    for (int epoch : new int[] {0, 1, 4}) {
      store.putIfAbsent(ArtifactKeys.checkpoint(TRIAL, epoch), checkpoint(TRIAL, epoch, 1));
    }
    StoredMessage.TRIAL_RESULT.putIfAbsent(store, result(TRIAL, List.of(0, 1, 4)));
  }

  /** The result of a trial that ran 4 of at most 10 epochs. */
  public static TrialResult result(String trialId, List<Integer> checkpoints) {
    TrialResult.Builder result =
        TrialResult.newBuilder()
            .setTrialId(trialId)
            .setVariantId(VARIANT)
            .setSpec(
                TrialSpec.newBuilder()
                    .setModel(ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()))
                    .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(RATE))
                    .setTraining(
                        TrainingSpec.newBuilder().setEpochs(10).setBatchSize(4).setThreads(1)))
            .setOutcome(TrialResult.Outcome.CONVERGED)
            .setNumerics(EngineUnderTest.open().numerics());
    for (int epoch = 0; epoch <= 4; epoch++) {
      result.addHistory(EpochRecord.newBuilder().setEpoch(epoch));
    }
    for (int epoch : checkpoints) {
      result.addCheckpoints(
          CheckpointRef.newBuilder()
              .setEpoch(epoch)
              .setKey(ArtifactKeys.checkpoint(trialId, epoch)));
    }
    return result.build();
  }

  private void writeVariant() {
    ShardWriter shard = new ShardWriter(new ShardLayout(4, 2, VariantManifest.Encoding.FLOAT32));
    shard.begin(0, 4);
    for (int i = 0; i < 4; i++) {
      shard.input(i, INPUTS, 2 * i);
      shard.labels(i, LABELS[i], i == 3 ? 1 : LABELS[i], 10 + i, (byte) (i == 3 ? 3 : 0));
    }
    VariantManifest.Builder manifest =
        VariantManifest.newBuilder()
            .setVariantId(VARIANT)
            .setFormatVersion(1)
            .setShape(SHAPE)
            .setClasses(2);
    for (String split : List.of("train", "validation")) {
      store.putIfAbsent(ArtifactKeys.variantShard(VARIANT, split, 0), shard.toBytes());
    }
    SplitManifest split =
        SplitManifest.newBuilder()
            .setExamples(4)
            .setExamplesPerShard(4)
            .setEncoding(VariantManifest.Encoding.FLOAT32)
            .addShards(
                ShardRef.newBuilder()
                    .setSizeBytes(shard.sizeBytes())
                    .setSha256(ByteString.copyFrom(shard.sha256())))
            .build();
    manifest.setTrain(split).setValidation(split);
    StoredMessage.VARIANT_MANIFEST.putIfAbsent(store, manifest.build());
  }

  /** A checkpoint object, laid out as {@code training.proto} says. */
  public static byte[] checkpoint(String trialId, int epoch, int formatVersion) {
    return checkpoint(trialId, epoch, formatVersion, List.of("layer0/weights", "layer0/biases"));
  }

  /** A checkpoint object of the tensors named. */
  public static byte[] checkpoint(
      String trialId, int epoch, int formatVersion, List<String> tensors) {
    return checkpoint(
        CheckpointHeader.newBuilder()
            .setFormatVersion(formatVersion)
            .setEngineVersion(SemanticVersions.ENGINE),
        trialId,
        epoch,
        tensors);
  }

  /** A checkpoint object that another version of the engine wrote. */
  public static byte[] checkpointOf(String engineVersion, String trialId, int epoch) {
    return checkpoint(
        CheckpointHeader.newBuilder().setFormatVersion(1).setEngineVersion(engineVersion),
        trialId,
        epoch,
        List.of("layer0/weights", "layer0/biases"));
  }

  private static byte[] checkpoint(
      CheckpointHeader.Builder versions, String trialId, int epoch, List<String> tensors) {
    CheckpointHeader.Builder header =
        versions
            .setTrialId(trialId)
            .setEpoch(epoch)
            .setModel(ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()))
            .setInput(Tensor.newBuilder().addShape(1).addShape(1).addShape(2))
            .setClasses(2);
    ByteBuffer values = ByteBuffer.allocate(6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : tensors) {
      boolean weights = name.equals("layer0/weights");
      header.addTensors(
          Tensor.newBuilder().setName(name).addAllShape(weights ? List.of(2, 2) : List.of(2)));
      for (float value : weights ? new float[] {epoch, 0, -epoch, 0} : new float[2]) {
        values.putFloat(value);
      }
    }
    byte[] headerBytes = header.build().toByteArray();
    ByteBuffer head =
        ByteBuffer.allocate(8 + 4 + headerBytes.length + values.position())
            .order(ByteOrder.LITTLE_ENDIAN);
    head.put("ROTECKPT".getBytes(StandardCharsets.US_ASCII))
        .putInt(headerBytes.length)
        .put(headerBytes)
        .put(values.flip());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.array());
    try {
      bytes.writeBytes(MessageDigest.getInstance("SHA-256").digest(head.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
