package dev.rote.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A stack that runs: its addresses, and a hand on its parts. */
public interface Stack extends AutoCloseable {

  /**
   * Starts a stack and waits until all its parts are ready.
   *
   * @throws StackException with reason {@code IN_USE} if there is one on this state directory
   */
  static Stack start(StackSettings settings) throws InterruptedException {
    return SupervisedStack.start(settings, false, () -> {})
        .orElseThrow(() -> StackException.inUse(settings.state()));
  }

  /**
   * Joins the users of the stack on this state directory, or starts one under a supervisor of its
   * own; waits until all its parts are ready. The stack ends when the last user has closed it or
   * has ended, however that ended.
   */
  static Stack attachOrStart(StackSettings settings) throws InterruptedException {
    return AttachedStack.join(settings);
  }

  /** The stack that another process runs on a state directory, if all its parts are ready. */
  static Optional<Stack> running(Path state) throws InterruptedException {
    return AttachedStack.find(state);
  }

  /**
   * The stack that another process runs on a state directory, whether or not its parts are ready.
   */
  static Optional<Stack> supervised(Path state) {
    return AttachedStack.supervised(state);
  }

  /** The same, and this process becomes a user of it. */
  static Optional<Stack> joined(Path state) {
    return AttachedStack.joined(state);
  }

  /**
   * Asks the process that runs a stack to end, and waits until it has.
   *
   * @return false if none was running
   */
  static boolean stop(Path state, Duration patience) throws InterruptedException {
    return AttachedStack.stop(state, patience);
  }

  /** Where the parts listen; the same until the stack is started anew. */
  Addresses addresses();

  /** The state directory. */
  Path state();

  /**
   * The directory of dataset files that it was started with, {@code ""} for none; empty where an
   * earlier Rote started it.
   */
  Optional<String> datasets();

  /** Whether it ran before. */
  boolean attached();

  /** The stack outlives its users: it stays up until it is asked to stop. */
  void keepUp();

  /**
   * Is a user of the stack no more.
   *
   * @return whether the stack goes on: for other users, because it is kept up, or because it is
   *     another process's own
   */
  boolean leave();

  /** Waits until the stack is closed or, for an attached one, its supervisor has ended. */
  void awaitEnd() throws InterruptedException;

  /**
   * Ends a part as {@code kill -9} does. It stays down until {@link #restart}; an attached stack's
   * part does not.
   */
  void kill(Part part) throws InterruptedException;

  /**
   * Stops a part if it runs, starts it again and waits until it is ready. Not on an attached stack.
   */
  void restart(Part part) throws InterruptedException;

  /**
   * Process id of a part.
   *
   * @throws StackException if it does not run
   */
  long pid(Part part);

  /** Leaves the stack; if it ends with that, waits until it has. */
  @Override
  void close();

  /** Bootstrap servers. */
  default String kafka() {
    return addresses().kafka();
  }

  /** Endpoint of the S3 API. */
  default URI s3() {
    return addresses().s3();
  }

  /** Access key of the S3 API. */
  default String accessKey() {
    return addresses().accessKey();
  }

  /** Secret key of the S3 API. */
  default String secretKey() {
    return addresses().secretKey();
  }

  /** Bucket of all objects. */
  default String bucket() {
    return addresses().bucket();
  }

  /** Key that the services' gRPC APIs ask for; empty where an earlier Rote started the stack. */
  default Optional<String> token() {
    return addresses().token();
  }

  /** Key that opens the live page, good for what a submitter may; empty as {@link #token}. */
  default Optional<String> pageKey() {
    return token().map(StackKeys::new).map(StackKeys::page);
  }

  /** {@code host:port} of a service's gRPC API. */
  default String target(Part service) {
    return of(addresses().grpc(), service);
  }

  /** {@code http://host:port} of a service's health, metrics and pages. */
  default URI http(Part service) {
    return of(addresses().http(), service);
  }

  /** gRPC target of the sweeps service. */
  default String sweepsTarget() {
    return target(Part.SWEEPS);
  }

  /** gRPC target of the corruption service. */
  default String corruptionTarget() {
    return target(Part.CORRUPTION);
  }

  /** gRPC target of the trainer service. */
  default String trainerTarget() {
    return target(Part.TRAINER);
  }

  /** gRPC target of the metrics service. */
  default String metricsTarget() {
    return target(Part.METRICS);
  }

  /** The log file of a part. */
  default Path log(Part part) {
    return Layout.log(state(), part);
  }

  private static <T> T of(Map<Part, T> addresses, Part service) {
    T address = addresses.get(service);
    if (address == null) {
      throw new IllegalArgumentException(service.word() + " is no service");
    }
    return address;
  }
}
