package dev.rote.embedded;

import java.nio.file.Path;

/** The broker as a process: {@code BrokerMain DIRECTORY PORT CONTROLLER_PORT}. */
public final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: BrokerMain DIRECTORY PORT CONTROLLER_PORT");
      System.exit(2);
    }
    StackLogging.start();
    ParentWatch.start();
    Broker broker =
        Broker.start(
            new BrokerSettings(
                Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "rote-broker-shutdown"));
    broker.awaitShutdown();
  }
}
