package dev.rote.benchmarks.corruption;

import dev.rote.artifacts.variants.Shard;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Hands on the shards among what is put while a check is made; a race looks at none. */
public final class CheckedShards implements Consumer<byte[]> {
  private final Consumer<Shard> sums;
  private volatile boolean checking;

  public CheckedShards(Consumer<Shard> sums) {
    this.sums = sums;
  }

  @Override
  public void accept(byte[] bytes) {
    if (checking && bytes.length > Short.MAX_VALUE) {
      sums.accept(Shard.of(ByteBuffer.wrap(bytes), "shard"));
    }
  }

  /** Hands on what the work puts. */
  public void during(Runnable work) {
    checking = true;
    work.run();
    checking = false;
  }
}
