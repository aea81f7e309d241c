package dev.rote.artifacts.variants;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;

/**
 * Variants from the corruption service's stream of examples, put back into shards whose SHA-256
 * must be that of the manifest. Failures of the call are {@link io.grpc.StatusRuntimeException}s.
 */
public final class StreamedVariants implements VariantSource {
  private final CorruptionServiceBlockingStub corruption;

  public StreamedVariants(CorruptionServiceBlockingStub corruption) {
    this.corruption = corruption;
  }

  @Override
  public VariantManifest manifest(String variantId) {
    return corruption
        .describeVariant(DescribeVariantRequest.newBuilder().setVariantId(variantId).build())
        .getManifest();
  }

  @Override
  public void shards(VariantManifest manifest, VariantSplit split, ShardSink sink)
      throws IOException {
    Iterator<StreamExamplesResponse> chunks =
        corruption.streamExamples(
            StreamExamplesRequest.newBuilder()
                .setVariantId(manifest.getVariantId())
                .setSplit(split.selection())
                .build());
    Assembly assembly = new Assembly(manifest, split, sink);
    while (chunks.hasNext()) {
      assembly.add(chunks.next());
    }
    assembly.end();
  }

  /** Puts chunks back into shards. */
  private static final class Assembly {
    private final VariantManifest manifest;
    private final VariantSplit split;
    private final SplitManifest of;
    private final ShardSink sink;
    private final ShardWriter writer;
    private final float[] input;
    private long next;
    private int filled;

    Assembly(VariantManifest manifest, VariantSplit split, ShardSink sink) {
      this.manifest = manifest;
      this.split = split;
      this.of = split.of(manifest);
      this.sink = sink;
      int values = ShardLayout.values(manifest.getShape());
      this.input = new float[values];
      this.writer =
          new ShardWriter(new ShardLayout(of.getExamplesPerShard(), values, of.getEncoding()));
    }

    void add(StreamExamplesResponse chunk) throws IOException {
      int n = chunk.getLabelsCount();
      if (chunk.getFirstIndex() != next || next + n > of.getExamples()) {
        throw damaged("expected examples from " + next + ", was " + chunk.getFirstIndex());
      }
      if (chunk.getInputs().size() != (long) n * input.length * Float.BYTES
          || chunk.getOriginalLabelsCount() != n
          || chunk.getCorrupted().size() != n
          || chunk.getSourceIndicesCount() != n) {
        throw damaged("a chunk must hold as many inputs, labels, masks and sources as labels");
      }
      ByteBuffer inputs = chunk.getInputs().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        if (filled == 0) {
          writer.begin(next, (int) Math.min(of.getExamplesPerShard(), of.getExamples() - next));
        }
        inputs.asFloatBuffer().get(i * input.length, input);
        writer.input(filled, input, 0);
        writer.labels(
            filled,
            chunk.getLabels(i),
            chunk.getOriginalLabels(i),
            chunk.getSourceIndices(i),
            chunk.getCorrupted().byteAt(i));
        filled++;
        next++;
        if (filled == of.getExamplesPerShard() || next == of.getExamples()) {
          flush();
        }
      }
    }

    void end() {
      if (next != of.getExamples()) {
        throw damaged("expected " + of.getExamples() + " examples, was " + next);
      }
    }

    private void flush() throws IOException {
      int number = (int) ((next - filled) / of.getExamplesPerShard());
      VariantReader.check("shard " + number + " of " + name(), of.getShards(number), writer.view());
      sink.accept(writer.view());
      filled = 0;
    }

    private String name() {
      return "the " + split.key() + " split of variant " + manifest.getVariantId();
    }

    private ObjectStoreException damaged(String what) {
      return new ObjectStoreException(
          Reason.DAMAGED, "the stream of " + name() + " is damaged: " + what);
    }
  }
}
