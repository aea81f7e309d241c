package dev.rote.artifacts;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Addresses at which the objects of any bucket behind an S3 API can be read for a while, without a
 * key of one's own. Nothing is asked of the server to make one: whether there is such an object
 * shows when it is read.
 */
public final class SignedAddresses {
  private final MinioClient client;

  /**
   * @param endpoint an S3 API
   * @param region region that addresses are signed for
   */
  public SignedAddresses(URI endpoint, String accessKey, String secretKey, String region) {
    this.client =
        MinioClient.builder()
            .endpoint(endpoint.toString())
            .region(region)
            .credentials(accessKey, secretKey)
            .build();
  }

  /**
   * The address of an object.
   *
   * @param valid how long it leads there, at least a second and at most a week
   * @throws ObjectStoreException with reason {@code REFUSED} when there can be no such object
   */
  public URI of(String bucket, String key, Duration valid) {
    try {
      return URI.create(
          client.getPresignedObjectUrl(
              GetPresignedObjectUrlArgs.builder()
                  .method(Http.Method.GET)
                  .bucket(bucket)
                  .object(key)
                  .expiry(Math.toIntExact(valid.toSeconds()), TimeUnit.SECONDS)
                  .build()));
    } catch (MinioException | IllegalArgumentException e) {
      throw new ObjectStoreException(
          ObjectStoreException.Reason.REFUSED,
          "there can be no object " + key + " in a bucket " + bucket + ": " + e.getMessage(),
          e);
    }
  }
}
