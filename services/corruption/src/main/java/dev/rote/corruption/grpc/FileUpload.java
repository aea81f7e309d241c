package dev.rote.corruption.grpc;

import dev.rote.corruption.datasets.StoredFiles;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.StoreFileRequest;
import dev.rote.v1.StoreFileResponse;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** A file that a client sends in chunks. */
final class FileUpload implements StreamObserver<StoreFileRequest> {
  private final StoredFiles files;
  private final StreamObserver<StoreFileResponse> client;
  private StoredFiles.@Nullable Upload upload;
  private boolean failed;

  FileUpload(StoredFiles files, StreamObserver<StoreFileResponse> client) {
    this.files = files;
    this.client = client;
  }

  @Override
  public void onNext(StoreFileRequest request) {
    if (failed) {
      return;
    }
    try {
      StoredFiles.Upload into = upload;
      if (into == null) {
        if (!request.getName().matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}")) {
          throw ApiException.invalid(
              "name", "must be letters, digits, dots, hyphens and underscores");
        }
        into = files.begin(request.getName());
        upload = into;
      }
      into.add(request.getChunk().asReadOnlyByteBuffer());
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public void onCompleted() {
    if (failed) {
      return;
    }
    try (StoredFiles.Upload into = upload) {
      if (into == null) {
        throw ApiException.invalid("name", "must come first; nothing was sent");
      }
      StoreFileResponse stored = into.store();
      client.onNext(stored);
      client.onCompleted();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public void onError(Throwable gone) {
    failed = true;
    close();
  }

  private void fail(RuntimeException e) {
    failed = true;
    close();
    client.onError(DatasetErrors.translate(e));
  }

  private void close() {
    StoredFiles.Upload into = upload;
    if (into != null) {
      into.close();
    }
  }
}
