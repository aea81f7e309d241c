package dev.rote.artifacts;

import dev.rote.artifacts.ObjectStoreException.Reason;
import io.minio.BucketExistsArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;

/** An {@link ObjectStore} over the S3 API. */
public final class S3ObjectStore implements ObjectStore {
  /*
   * Conditional puts carry If-None-Match: * and are single-part, since the client's multipart path
   * ignores the header. A put whose answer was lost is tried again and then finds its own object:
   * it reports false, which is right in all that counts, the object being there once.
   *
   * Bodies carry a CRC-32C in place of a signature, which a server could check only with the whole
   * body in memory. It is computed here: the client's own takes a table look-up per byte.
   */
  private static final Set<String> MISSING = Set.of("NoSuchKey", "NotFound", "ResourceNotFound");
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  private final MinioAsyncClient client;
  private final OkHttpClient http;
  private final ObjectStoreSettings settings;
  private volatile boolean bucketSeen;

  private S3ObjectStore(ObjectStoreSettings settings) {
    this.settings = settings;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(60))
            .writeTimeout(Duration.ofSeconds(60));
    settings.ca().map(Authorities::of).ifPresent(ca -> ca.believe(builder));
    this.http = builder.build();
    this.client =
        MinioAsyncClient.builder()
            .endpoint(settings.endpoint().toString())
            .region(settings.region())
            .credentials(settings.accessKey(), settings.secretKey())
            .httpClient(http)
            .build();
  }

  /**
   * A store; nothing is asked of the server before the first call, which makes the bucket if
   * absent.
   */
  public static S3ObjectStore connect(ObjectStoreSettings settings) {
    return new S3ObjectStore(settings);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    return withPatience("write", key, () -> putOnce(key, bytes, true));
  }

  @Override
  public boolean putIfAbsent(String key, Path file) {
    return withPatience(
        "write",
        key,
        () -> {
          try (RandomAccessFile body = new RandomAccessFile(file.toFile(), "r")) {
            Http.Headers headers = headers(crcOf(file), true);
            return putOnce(
                key, upload(key, headers).file(body, body.length()), body.length(), true);
          }
        });
  }

  @Override
  public void put(String key, byte[] bytes) {
    withPatience("write", key, () -> putOnce(key, bytes, false));
  }

  @Override
  public byte[] get(String key) {
    return find(key)
        .orElseThrow(() -> ObjectStoreException.missing(key, settings.toString(), null));
  }

  @Override
  public Optional<byte[]> find(String key) {
    return withPatience(
        "read",
        key,
        () -> {
          try (InputStream in = openOnce(key, 0)) {
            return Optional.of(in.readAllBytes());
          } catch (ErrorResponseException e) {
            return ifMissing(e);
          }
        });
  }

  @Override
  public InputStream open(String key, long offset) {
    return withPatience(
        "read",
        key,
        () -> {
          try {
            return openOnce(key, offset);
          } catch (ErrorResponseException e) {
            ifMissing(e);
            throw ObjectStoreException.missing(key, settings.toString(), e);
          }
        });
  }

  @Override
  public Optional<Long> size(String key) {
    return withPatience(
        "look up",
        key,
        () -> {
          try {
            return Optional.of(
                answer(
                        client.statObject(
                            StatObjectArgs.builder().bucket(settings.bucket()).object(key).build()))
                    .size());
          } catch (ErrorResponseException e) {
            return ifMissing(e);
          }
        });
  }

  @Override
  public List<String> list(String prefix, String startAfter, int limit) {
    return withPatience(
        "list",
        prefix,
        () -> {
          ListObjectsArgs.Builder args =
              ListObjectsArgs.builder()
                  .bucket(settings.bucket())
                  .prefix(prefix)
                  .recursive(true)
                  .maxKeys(Math.min(limit, 1000));
          if (!startAfter.isEmpty()) {
            args.startAfter(startAfter);
          }
          List<String> keys = new ArrayList<>();
          for (Result<Item> item : client.listObjects(args.build())) {
            if (keys.size() == limit) {
              break;
            }
            keys.add(item.get().objectName());
          }
          return keys;
        });
  }

  @Override
  public void copy(String key, String copy) {
    withPatience(
        "copy",
        key,
        () -> {
          try {
            answer(
                client.copyObject(
                    CopyObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(copy)
                        .source(
                            SourceObject.builder().bucket(settings.bucket()).object(key).build())
                        .build()));
            return true;
          } catch (ErrorResponseException e) {
            ifMissing(e);
            throw ObjectStoreException.missing(key, settings.toString(), e);
          }
        });
  }

  @Override
  public void delete(String key) {
    withPatience(
        "delete",
        key,
        () -> {
          answer(
              client.removeObject(
                  RemoveObjectArgs.builder().bucket(settings.bucket()).object(key).build()));
          return true;
        });
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private boolean putOnce(String key, byte[] bytes, boolean ifAbsent) throws MinioException {
    Checksum crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    Http.Headers headers = headers(crc, ifAbsent);
    return putOnce(key, upload(key, headers).data(bytes, bytes.length), bytes.length, ifAbsent);
  }

  private PutObjectAPIArgs.Builder upload(String key, Http.Headers headers) {
    return PutObjectAPIArgs.builder().bucket(settings.bucket()).object(key).headers(headers);
  }

  private static Http.Headers headers(Checksum crc, boolean ifAbsent) {
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    Http.Headers headers =
        new Http.Headers(
            Http.Headers.X_AMZ_CONTENT_SHA256,
            "UNSIGNED-PAYLOAD",
            "x-amz-checksum-crc32c",
            Base64.getEncoder().encodeToString(value),
            Http.Headers.X_AMZ_SDK_CHECKSUM_ALGORITHM,
            "CRC32C");
    if (ifAbsent) {
      headers.put("If-None-Match", "*");
    }
    return headers;
  }

  private static Checksum crcOf(Path file) throws IOException {
    Checksum crc = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return crc;
  }

  private boolean putOnce(String key, PutObjectAPIArgs.Builder upload, long size, boolean ifAbsent)
      throws MinioException {
    if (size > LARGEST_OBJECT) {
      throw new ObjectStoreException(
          Reason.REFUSED,
          "object " + key + " must be at most " + LARGEST_OBJECT + " bytes, was " + size);
    }
    try {
      answer(client.putObject(upload.build()));
      return true;
    } catch (ErrorResponseException e) {
      /* 409: another conditional put of the same key is under way, and this one lost. */
      boolean there = e.response().code() == PRECONDITION_FAILED;
      if (!there && !(e.response().code() == CONFLICT && ifAbsent && size(key).isPresent())) {
        throw e;
      }
      return false;
    }
  }

  private InputStream openOnce(String key, long offset) throws MinioException {
    GetObjectArgs.Builder args = GetObjectArgs.builder().bucket(settings.bucket()).object(key);
    if (offset > 0) {
      args.offset(offset);
    }
    return answer(client.getObject(args.build()));
  }

  private static <T> Optional<T> ifMissing(ErrorResponseException e) throws ErrorResponseException {
    if (MISSING.contains(e.errorResponse().code())) {
      return Optional.empty();
    }
    throw e;
  }

  /** Waits for an answer, and throws what the client's blocking calls would. */
  private <T> T answer(CompletableFuture<T> call) throws MinioException {
    try {
      return call.join();
    } catch (CompletionException e) {
      client.throwMinioException(e);
      throw e;
    }
  }

  private interface Call<T> {
    T run() throws MinioException, IOException;
  }

  private <T> T withPatience(String verb, String key, Call<T> call) {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    for (long pauseMillis = 50; ; pauseMillis = Math.min(2 * pauseMillis, 2000)) {
      try {
        return checked(call);
      } catch (MinioException | IOException | UncheckedIOException e) {
        if (!isPassing(e)) {
          throw new ObjectStoreException(
              Reason.REFUSED,
              "could not " + verb + " " + key + " in " + settings + ": " + e.getMessage(),
              e);
        }
        if (System.nanoTime() + pauseMillis * 1_000_000 > deadline) {
          throw new ObjectStoreException(
              Reason.UNAVAILABLE,
              "could not "
                  + verb
                  + " "
                  + key
                  + " in "
                  + settings
                  + " within "
                  + settings.patience()
                  + ": "
                  + e.getMessage(),
              e);
        }
        pause(pauseMillis, verb, key);
      }
    }
  }

  /** The client wraps what a connection failed by into an IllegalStateException. */
  private <T> T checked(Call<T> call) throws MinioException, IOException {
    try {
      ensureBucket();
      return call.run();
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof CertificateException unknown) {
        throw new SSLException(unknown);
      }
      throw e;
    }
  }

  private void pause(long millis, String verb, String key) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException(
          Reason.UNAVAILABLE,
          "interrupted while waiting to " + verb + " " + key + " in " + settings,
          e);
    }
  }

  private boolean isPassing(Exception e) {
    if (e instanceof ErrorResponseException answer) {
      if ("NoSuchBucket".equals(answer.errorResponse().code())) {
        bucketSeen = false;
        return true;
      }
      int code = answer.response().code();
      return code >= SERVER_ERROR || code == TOO_MANY_REQUESTS || code == CONFLICT;
    }
    return !(e.getCause() instanceof CertificateException);
  }

  private void ensureBucket() throws MinioException {
    if (bucketSeen) {
      return;
    }
    if (!answer(
        client.bucketExists(BucketExistsArgs.builder().bucket(settings.bucket()).build()))) {
      try {
        answer(client.makeBucket(MakeBucketArgs.builder().bucket(settings.bucket()).build()));
      } catch (ErrorResponseException e) {
        if (e.response().code() != CONFLICT) {
          throw e;
        }
      }
    }
    bucketSeen = true;
  }
}
