package dev.rote.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A server of the S3 API in this JVM, its objects files in a directory.
 *
 * <p>An object appears whole or not at all: the server writes a file beside it and then gives that
 * the object's name. Such a file is not listed, and one that a kill has left behind is removed at
 * the next start.
 */
public final class ObjectStoreServer implements AutoCloseable {

  /** Names of files being written: the key, and a random UUID. No key of Rote's ends like this. */
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** A signed body is held in memory until its signature is checked. */
  private static final long LARGEST_SIGNED_BODY = 16L << 20;

  private static final int THREADS = 24;
  private static final Logger log = LoggerFactory.getLogger(ObjectStoreServer.class);

  private final S3Proxy server;
  private final URI endpoint;

  private ObjectStoreServer(S3Proxy server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts a server on the loopback interface and waits until it serves clients. */
  public static ObjectStoreServer start(
      Path directory, int port, String accessKey, String secretKey) {
    return start(directory, Ports.LOOPBACK, port, accessKey, secretKey);
  }

  /**
   * Starts a server and waits until it serves clients.
   *
   * @param bind address of the interface that it listens on
   */
  public static ObjectStoreServer start(
      Path directory, String bind, int port, String accessKey, String secretKey) {
    return start(directory, bind, port, accessKey, secretKey, Optional.empty());
  }

  /**
   * The same, by https alone where there is a certificate.
   *
   * @param certificate asked at each handshake
   */
  public static ObjectStoreServer start(
      Path directory,
      String bind,
      int port,
      String accessKey,
      String secretKey,
      Optional<? extends KeyManager> certificate) {
    Ports.check("port", port);
    removeUnfinished(directory);
    BlobStore files = new FilesystemNio2BlobStore(directory.toString());
    S3Proxy.Builder builder = S3Proxy.builder();
    if (certificate.isPresent()) {
      builder
          .secureEndpoint(URI.create("https://" + bind + ":" + port))
          .sslContext(context(certificate.get()));
    } else {
      builder.endpoint(URI.create("http://" + bind + ":" + port));
    }
    S3Proxy server =
        builder
            .blobStore(new FinishedObjects(files))
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .v4MaxNonChunkedRequestSize(LARGEST_SIGNED_BODY)
            .jettyMaxThreads(THREADS)
            .ignoreUnknownHeaders(true)
            .stopTimeout(500)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "object store cannot listen on port " + port + ": " + e.getMessage(), e);
    }
    String scheme = certificate.isPresent() ? "https" : "http";
    return new ObjectStoreServer(server, URI.create(scheme + "://" + Ports.LOOPBACK + ":" + port));
  }

  private static SSLContext context(KeyManager certificate) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {certificate}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** {@code http://host:port} or {@code https://host:port} for clients on this machine. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      log.debug("clients held connections open; they are closed now", e);
    } catch (Exception e) {
      throw new IllegalStateException("object store cannot be stopped: " + e.getMessage(), e);
    }
  }

  private static void removeUnfinished(Path directory) {
    try {
      Files.createDirectories(directory);
      List<Path> unfinished;
      try (Stream<Path> files = Files.walk(directory)) {
        unfinished =
            files
                .filter(Files::isRegularFile)
                .filter(file -> UNFINISHED.matcher(file.getFileName().toString()).matches())
                .toList();
      }
      for (Path file : unfinished) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("object store directory " + directory + " cannot be read", e);
    }
  }

  /** Leaves files being written out of listings. */
  private static final class FinishedObjects extends ForwardingBlobStore {

    FinishedObjects(BlobStore files) {
      super(files);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
      ListObjectsV2Response all = super.list(request);
      return all.toBuilder()
          .contents(
              all.contents().stream()
                  .filter(object -> !UNFINISHED.matcher(object.key()).matches())
                  .toList())
          .build();
    }
  }
}
