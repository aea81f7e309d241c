package dev.rote.artifacts;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the object store is.
 *
 * @param endpoint an S3 API, such as {@code http://localhost:9000}
 * @param accessKey access key
 * @param secretKey secret key
 * @param bucket name of the bucket, made when it is not there
 * @param patience how long a call goes on trying while the store is out of reach
 * @param ca PEM file of the authorities that the certificate of an {@code https} endpoint is of;
 *     empty for those of the JVM
 * @param region region that calls are signed for and the bucket is made in
 */
public record ObjectStoreSettings(
    URI endpoint,
    String accessKey,
    String secretKey,
    String bucket,
    Duration patience,
    Optional<Path> ca,
    String region) {
  /** What stores that know no regions are asked for. */
  public static final String NO_REGION = "us-east-1";

  /** Of a store whose certificate, if it has one, the JVM's authorities vouch for. */
  public ObjectStoreSettings(
      URI endpoint, String accessKey, String secretKey, String bucket, Duration patience) {
    this(endpoint, accessKey, secretKey, bucket, patience, Optional.empty(), NO_REGION);
  }

  @Override
  public String toString() {
    return "bucket " + bucket + " at " + endpoint;
  }
}
