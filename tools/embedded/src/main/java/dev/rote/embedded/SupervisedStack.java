package dev.rote.embedded;

import dev.rote.embedded.StackRecord.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stack whose processes are children of this one. */
final class SupervisedStack implements Stack {

  /*
   * A child ends when its standard input does, so none outlives a supervisor that was killed. The next supervisor still
   * waits for the children on record, for they may be busy ending.
   */

  private static final Logger log = LoggerFactory.getLogger(SupervisedStack.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(25);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final StackSettings settings;
  private final StackLock lock;
  private final Map<Part, Child> children = new EnumMap<>(Part.class);
  private final ScheduledExecutorService scheduler;
  private final Thread shutdown = new Thread(this::stopAll, "rote-stack-shutdown");
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile StackRecord record;

  private SupervisedStack(StackSettings settings, StackLock lock, StackRecord record) {
    this.settings = settings;
    this.lock = lock;
    this.record = record;
    scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rote-supervisor");
              thread.setDaemon(true);
              return thread;
            });
    Layout layout = new Layout(settings, record);
    for (Part part : Part.values()) {
      Path output = Layout.log(settings.state(), part);
      children.put(part, new Child(part, layout, output, scheduler, this::writeRecord));
    }
  }

  /**
   * Starts a stack; empty if another supervisor has the state directory.
   *
   * @param shared whether the stack is its users'
   * @param held called once the state directory is this supervisor's
   */
  static Optional<Stack> start(StackSettings settings, boolean shared, Runnable held)
      throws InterruptedException {
    for (Part part : Part.values()) {
      if (part.isService()) {
        Home.serviceJar(settings.home(), part);
      }
    }
    Optional<StackLock> lock = StackLock.take(settings.state());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try {
      StackUsers.keepNoLonger(settings.state());
      held.run();
      StackRecord record = StackRecord.read(settings.state()).orElseGet(StackRecord::fresh);
      awaitOrphans(record);
      record = record.started(ports(record.ports()), shared, settings.datasets());
      new StackKeys(record.token().orElseThrow()).write(settings.state());
      SupervisedStack stack = new SupervisedStack(settings, lock.get(), record);
      stack.startAll();
      return Optional.of(stack);
    } catch (RuntimeException | InterruptedException e) {
      lock.get().close();
      throw e;
    }
  }

  private static void awaitOrphans(StackRecord record) throws InterruptedException {
    List<ProcessHandle> orphans = new ArrayList<>();
    record.processes().values().forEach(process -> process.running().ifPresent(orphans::add));
    long end = System.nanoTime() + ORPHAN_PATIENCE.toNanos();
    for (ProcessHandle orphan : orphans) {
      while (orphan.isAlive()) {
        if (System.nanoTime() > end) {
          log.warn("process {} of an earlier stack does not end; it is ended", orphan.pid());
          orphan.destroyForcibly();
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }

  /* Ports stay the same from start to start, as long as nobody else has taken them. */
  private static Map<String, Integer> ports(Map<String, Integer> earlier) {
    Map<String, Integer> ports = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String use : Layout.portUses()) {
      Integer port = earlier.get(use);
      if (port != null && Ports.isFree(port)) {
        ports.put(use, port);
      } else {
        missing.add(use);
      }
    }
    int[] free = Ports.free(missing.size());
    for (int i = 0; i < free.length; i++) {
      ports.put(missing.get(i), free[i]);
    }
    return ports;
  }

  private void startAll() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(shutdown);
    long end = System.nanoTime() + settings.patience().toNanos();
    try {
      startTogether("starting Kafka and the object store", Part.of(Part.Tier.GROUND), end);
      List<Part> services = new ArrayList<>(Part.of(Part.Tier.CONTROL));
      services.addAll(Part.of(Part.Tier.WORK));
      startTogether("starting the services", services, end);
    } catch (RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void startTogether(String note, List<Part> parts, long end) throws InterruptedException {
    settings.notes().accept(note);
    parts.forEach(part -> child(part).start());
    for (Part part : parts) {
      awaitReady(part, end);
    }
  }

  private void awaitReady(Part part, long end) throws InterruptedException {
    Readiness readiness = new Readiness(record);
    while (!readiness.serves(part)) {
      if (stopped.get()) {
        throw new InterruptedException("the stack is being stopped");
      }
      if (System.nanoTime() > end) {
        throw new StackException(
            StackException.Reason.NOT_READY,
            "%s was not ready within %s; its log is %s"
                .formatted(part.word(), settings.patience(), log(part)));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private Child child(Part part) {
    return Objects.requireNonNull(children.get(part));
  }

  private synchronized void writeRecord() {
    Map<Part, ProcessRecord> processes = new EnumMap<>(Part.class);
    for (Child child : children.values()) {
      child.handle().ifPresent(handle -> processes.put(child.part(), ProcessRecord.of(handle)));
    }
    Optional<ProcessRecord> supervisor =
        stopped.get() ? Optional.empty() : Optional.of(ProcessRecord.of(ProcessHandle.current()));
    record = record.withProcesses(supervisor, processes);
    record.write(settings.state());
  }

  @Override
  public Addresses addresses() {
    return Layout.addresses(record);
  }

  @Override
  public Path state() {
    return settings.state();
  }

  @Override
  public Optional<String> datasets() {
    return record.datasets();
  }

  @Override
  public boolean attached() {
    return false;
  }

  @Override
  public void keepUp() {
    throw new UnsupportedOperationException("this stack ends with the process that started it");
  }

  @Override
  public boolean leave() {
    return false;
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void kill(Part part) throws InterruptedException {
    child(part).kill();
  }

  @Override
  public void restart(Part part) throws InterruptedException {
    child(part).stop(STOP_PATIENCE);
    child(part).start();
    awaitReady(part, System.nanoTime() + settings.patience().toNanos());
  }

  @Override
  public long pid(Part part) {
    return child(part)
        .handle()
        .orElseThrow(
            () ->
                new StackException(StackException.Reason.NOT_READY, part.word() + " does not run"))
        .pid();
  }

  /** Stops workers, then the sweeps service, then the broker and the object store. */
  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdown);
    } catch (IllegalStateException e) {
      log.debug("the process is ending already", e);
    }
  }

  private void stopAll() {
    if (stopped.getAndSet(true)) {
      return;
    }
    try {
      for (Part.Tier tier : List.of(Part.Tier.WORK, Part.Tier.CONTROL, Part.Tier.GROUND)) {
        stopTogether(Part.of(tier));
      }
    } finally {
      scheduler.shutdownNow();
      writeRecord();
      lock.close();
      ended.countDown();
    }
  }

  private void stopTogether(List<Part> parts) {
    List<Thread> stoppers = new ArrayList<>();
    for (Part part : parts) {
      Thread stopper = new Thread(() -> stop(child(part)), "rote-stop-" + part.word());
      stopper.start();
      stoppers.add(stopper);
    }
    for (Thread stopper : stoppers) {
      boolean interrupted = false;
      while (stopper.isAlive()) {
        try {
          stopper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void stop(Child child) {
    try {
      child.stop(STOP_PATIENCE);
    } catch (InterruptedException e) {
      log.warn("interrupted while stopping {}", child.part().word());
    }
  }
}
