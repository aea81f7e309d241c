package dev.rote.artifacts;

import java.net.URI;
import java.time.Duration;

/**
 * Where the object store is.
 *
 * @param endpoint an S3 API, such as {@code http://localhost:9000}
 * @param accessKey access key
 * @param secretKey secret key
 * @param bucket name of the bucket, made when it is not there
 * @param patience how long a call goes on trying while the store is out of reach
 */
public record ObjectStoreSettings(
    URI endpoint, String accessKey, String secretKey, String bucket, Duration patience) {

  @Override
  public String toString() {
    return "bucket " + bucket + " at " + endpoint;
  }
}
