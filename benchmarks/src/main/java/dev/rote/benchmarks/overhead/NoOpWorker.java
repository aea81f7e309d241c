package dev.rote.benchmarks.overhead;

import dev.rote.access.OwnKey;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.embedded.Stack;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerLoop;
import dev.rote.workqueue.WorkerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A worker of no-op trials in a process of its own, which ends when its standard input does. */
public final class NoOpWorker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String TOKEN = "ROTE_TOKEN";

  private NoOpWorker() {}

  /**
   * Works until standard input ends.
   *
   * @param args bootstrap servers, sweeps target, S3 endpoint, access key, secret key, bucket,
   *     slots and milliseconds of each trial
   */
  public static void main(String[] args) throws IOException {
    String token = System.getenv(TOKEN);
    try (ObjectStore store =
            S3ObjectStore.connect(
                new ObjectStoreSettings(URI.create(args[2]), args[3], args[4], args[5], PATIENCE));
        WorkerLoop loop =
            WorkerLoop.start(
                new WorkerSettings(
                        KafkaCluster.of(
                            args[0],
                            Optional.ofNullable(token).map(known -> "rote"),
                            Optional.ofNullable(token)),
                        args[1],
                        WorkKind.TRIALS,
                        "no-op",
                        Integer.parseInt(args[6]),
                        Duration.ofSeconds(5))
                    .withKey(OwnKey.of(Optional.ofNullable(token), Optional.empty())),
                new NoOpTrials(store, Duration.ofMillis(Long.parseLong(args[7]))))) {
      System.in.transferTo(OutputStream.nullOutputStream());
      System.err.println(loop.working() + " trials in flight at the end");
    }
  }

  /** Starts such a process on a stack. */
  static Process start(Stack stack, int slots, Duration training) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NoOpWorker.class.getName());
    command.addAll(List.of(stack.kafka(), stack.sweepsTarget(), stack.s3().toString()));
    command.addAll(List.of(stack.accessKey(), stack.secretKey(), stack.bucket()));
    command.addAll(List.of(Integer.toString(slots), Long.toString(training.toMillis())));
    Path log = stack.state().resolve("logs").resolve("no-op.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    stack.token().ifPresent(token -> builder.environment().put(TOKEN, token));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
