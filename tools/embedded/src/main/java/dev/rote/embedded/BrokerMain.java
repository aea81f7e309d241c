package dev.rote.embedded;

import dev.rote.access.grpc.TlsFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The broker as a process: {@code BrokerMain DIRECTORY CONTROLLER_PORT LISTENER…}, each listener as
 * {@link Listener#parse} reads it. With {@code ROTE_KAFKA_TOKEN}, the token of a stack, or with
 * {@code ROTE_KAFKA_USERS}, words {@code NAME=PASSWORD} with commas, it asks who comes; with the
 * files of {@link TlsFiles#of}, which it reads at its start, its listeners encrypt.
 */
public final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] args) {
    if (args.length < 3) {
      System.err.println("usage: BrokerMain DIRECTORY CONTROLLER_PORT BIND:PORT=HOST:PORT…");
      System.exit(2);
    }
    StackLogging.start();
    Broker broker =
        Broker.start(
            new BrokerSettings(
                Path.of(args[0]),
                Arrays.stream(args).skip(2).map(Listener::parse).toList(),
                users(),
                TlsFiles.of(System.getenv()),
                Integer.parseInt(args[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "rote-broker-shutdown"));
    broker.awaitShutdown();
  }

  private static Map<String, String> users() {
    String named = System.getenv("ROTE_KAFKA_USERS");
    return named == null
        ? StackKeys.users(Optional.ofNullable(System.getenv("ROTE_KAFKA_TOKEN")))
        : BrokerSettings.users(named);
  }
}
