package dev.rote.embedded;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The object store as a process: {@code ObjectStoreMain DIRECTORY PORT}, with the keys in the
 * environment variables {@code ROTE_S3_ACCESS_KEY} and {@code ROTE_S3_SECRET_KEY}.
 */
public final class ObjectStoreMain {

  private ObjectStoreMain() {}

  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: ObjectStoreMain DIRECTORY PORT");
      System.exit(2);
    }
    StackLogging.start();
    ParentWatch.start();
    ObjectStoreServer server =
        ObjectStoreServer.start(
            Path.of(args[0]),
            Integer.parseInt(args[1]),
            variable("ROTE_S3_ACCESS_KEY"),
            variable("ROTE_S3_SECRET_KEY"));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "rote-store-shutdown"));
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name + " must be set");
  }
}
