package dev.rote.embedded;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a stack listen.
 *
 * @param kafka bootstrap servers
 * @param s3 endpoint of the S3 API
 * @param accessKey of the S3 API
 * @param secretKey of the S3 API
 * @param bucket of all objects
 * @param token key that gRPC asks for, with which all may be done; empty where none is asked for
 * @param grpc {@code host:port} of the services' gRPC APIs
 * @param http {@code http://host:port} of the services' health, metrics and pages
 */
public record Addresses(
    String kafka,
    URI s3,
    String accessKey,
    String secretKey,
    String bucket,
    Optional<String> token,
    Map<Part, String> grpc,
    Map<Part, URI> http) {

  public Addresses {
    grpc = Map.copyOf(grpc);
    http = Map.copyOf(http);
  }

  /** Settings of a client of Kafka: where it is, and who asks. */
  public Map<String, Object> kafkaClient() {
    return StackKeys.client(kafka, token);
  }

  @Override
  public String toString() {
    return "Kafka %s, S3 %s, gRPC %s, HTTP %s".formatted(kafka, s3, grpc, http);
  }
}
