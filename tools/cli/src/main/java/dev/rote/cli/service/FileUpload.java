package dev.rote.cli.service;

import com.google.protobuf.ByteString;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceStub;
import dev.rote.v1.StoreFileRequest;
import dev.rote.v1.StoreFileResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A call that sends a file as fast as the service takes it. */
final class FileUpload implements ClientResponseObserver<StoreFileRequest, StoreFileResponse> {
  private static final int CHUNK = 1 << 20;

  private final CorruptionServiceStub corruption;
  private final CompletableFuture<StoreFileResponse> answer = new CompletableFuture<>();
  private final Object room = new Object();

  FileUpload(CorruptionServiceStub corruption) {
    this.corruption = corruption;
  }

  StoreFileResponse send(Path file) throws IOException, InterruptedException {
    ClientCallStreamObserver<StoreFileRequest> call =
        (ClientCallStreamObserver<StoreFileRequest>) corruption.storeFile(this);
    try (InputStream in = Files.newInputStream(file)) {
      String name = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9_.-]", "_");
      call.onNext(StoreFileRequest.newBuilder().setName(name).build());
      for (byte[] chunk = in.readNBytes(CHUNK);
          chunk.length > 0 && !answer.isDone();
          chunk = in.readNBytes(CHUNK)) {
        awaitRoom(call);
        call.onNext(StoreFileRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
      }
      call.onCompleted();
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private void awaitRoom(ClientCallStreamObserver<StoreFileRequest> call)
      throws InterruptedException {
    synchronized (room) {
      while (!call.isReady() && !answer.isDone()) {
        room.wait(1_000);
      }
    }
  }

  private void wake() {
    synchronized (room) {
      room.notifyAll();
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StoreFileRequest> call) {
    call.setOnReadyHandler(this::wake);
  }

  @Override
  public void onNext(StoreFileResponse stored) {
    answer.complete(stored);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
    wake();
  }

  @Override
  public void onCompleted() {
    if (!answer.isDone()) {
      answer.completeExceptionally(new IllegalStateException("the service said nothing"));
    }
    wake();
  }
}
