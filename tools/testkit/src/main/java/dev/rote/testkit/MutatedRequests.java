package dev.rote.testkit;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Calls whose requests are valid ones with some bytes changed, added or cut off: what a service
 * answers to must never be {@code INTERNAL} or {@code UNKNOWN}. {@code -Drote.mutations=10000} for
 * many; the same ones each time.
 */
public final class MutatedRequests {
  private static final int FEW = 150;
  private static final long SECONDS = 20;

  private final Channel channel;
  private final SplittableRandom random;

  public MutatedRequests(Channel channel, long seed) {
    this.channel = channel;
    this.random = new SplittableRandom(seed);
  }

  /** What was answered to a request that should not have been. */
  public record Broken(Status status, List<String> requests) {}

  /**
   * Sends mutations of a call's requests, one call after another.
   *
   * @param method unary or streaming
   * @param valid the messages of a call that goes well
   * @return the calls that ended as none may; empty is right
   */
  public List<Broken> send(MethodDescriptor<?, ?> method, MessageLite... valid) {
    MethodDescriptor<byte[], byte[]> raw = method.toBuilder(new Bytes(), new Bytes()).build();
    List<Broken> broken = new ArrayList<>();
    for (int call = Integer.getInteger("rote.mutations", FEW); call > 0; call--) {
      List<byte[]> requests = new ArrayList<>();
      int mutated = random.nextInt(valid.length);
      for (int i = 0; i < valid.length; i++) {
        byte[] bytes = valid[i].toByteArray();
        requests.add(i == mutated ? mutated(bytes) : bytes);
      }
      Status status = status(raw, requests);
      if (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN) {
        broken.add(new Broken(status, requests.stream().map(Arrays::toString).toList()));
      }
    }
    return broken;
  }

  private byte[] mutated(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) 0xff;
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  /** Sends the requests of one call and reads what comes, until it ends. */
  private Status status(MethodDescriptor<byte[], byte[]> method, List<byte[]> requests) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    requests.forEach(call::sendMessage);
    call.halfClose();
    return end.join();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
