package dev.rote.embedded;

import dev.rote.access.StoreSecret;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The object store as a process: {@code ObjectStoreMain DIRECTORY BIND PORT}, with the keys in the
 * environment variables {@code ROTE_S3_ACCESS_KEY} and {@code ROTE_S3_SECRET_KEY}. It does not
 * serve other machines under a secret that is in print. With a certificate of {@link TlsFiles#of}
 * it speaks https alone.
 */
public final class ObjectStoreMain {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private ObjectStoreMain() {}

  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: ObjectStoreMain DIRECTORY BIND PORT");
      System.exit(2);
    }
    StackLogging.start();
    String secret;
    Tls tls;
    try {
      secret =
          StoreSecret.checked(Optional.ofNullable(System.getenv("ROTE_S3_SECRET_KEY")), args[1]);
      tls = Tls.of(TlsFiles.of(System.getenv()), LOOK);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      throw e;
    }
    ObjectStoreServer server =
        ObjectStoreServer.start(
            Path.of(args[0]),
            args[1],
            Integer.parseInt(args[2]),
            variable("ROTE_S3_ACCESS_KEY"),
            secret,
            tls.identity());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "rote-store-shutdown"));
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name + " must be set");
  }
}
