package dev.rote.testkit;

import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import dev.rote.spec.Cell;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.TrialId;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import dev.rote.v1.TrialResult;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A whole stack of real parts, and short ways to run sweeps on it. */
public final class Laboratory implements AutoCloseable {
  private static final Set<Phase> ENDED =
      EnumSet.of(Phase.COMPLETED, Phase.FAILED, Phase.CANCELLED);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long PAUSE_MILLIS = 100;

  private final Site site;
  private final Tls tls;
  private final Map<Part, ManagedChannel> channels = new EnumMap<>(Part.class);
  private final ObjectStore store;

  /** A laboratory whose parts are ready; closing it closes the site. */
  public Laboratory(Site site) {
    this.site = site;
    this.tls = tls(site);
    Addresses addresses = site.addresses();
    addresses
        .grpc()
        .forEach(
            (part, target) -> channels.put(part, Channels.open(target, addresses::token, tls)));
    this.store =
        S3ObjectStore.connect(
            new ObjectStoreSettings(
                addresses.s3(),
                addresses.accessKey(),
                addresses.secretKey(),
                addresses.bucket(),
                Duration.ofSeconds(60),
                site.authorities(),
                ObjectStoreSettings.NO_REGION));
  }

  /** What encrypted ports of a site are known by; closed by who asks for it. */
  public static Tls tls(Site site) {
    return Tls.of(
        new TlsFiles(Optional.empty(), Optional.empty(), site.authorities()),
        Duration.ofMinutes(1));
  }

  /**
   * Starts a stack of processes on this machine and waits until it is ready.
   *
   * @param state directory of its state
   * @param datasets directory of dataset files, if there is one
   */
  public static Laboratory open(Path state, Optional<Path> datasets) throws InterruptedException {
    return new Laboratory(Site.of(Stack.start(StackSettings.of(state, datasets, note -> {}))));
  }

  /** Where the parts run. */
  public Site site() {
    return site;
  }

  /** Settings of a client of Kafka. */
  public Map<String, Object> kafka() {
    Map<String, Object> client = new HashMap<>(site.addresses().kafkaClient());
    site.authorities()
        .ifPresent(
            file -> {
              client.put("security.protocol", "SASL_SSL");
              client.put("ssl.truststore.type", "PEM");
              client.put("ssl.truststore.location", file.toString());
            });
    return client;
  }

  /** Object storage, past the services. */
  public ObjectStore store() {
    return store;
  }

  /** A channel to a service. */
  public ManagedChannel channel(Part service) {
    ManagedChannel channel = channels.get(service);
    if (channel == null) {
      throw new IllegalArgumentException(service + " is no service");
    }
    return channel;
  }

  /** The sweeps service. */
  public SweepsServiceBlockingStub sweeps() {
    return SweepsServiceGrpc.newBlockingStub(channel(Part.SWEEPS));
  }

  /** Submits a sweep by gRPC. */
  public SubmitSweepResponse submit(String text) {
    return sweeps()
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .submitSweep(
            SubmitSweepRequest.newBuilder().setSweep(SweepFiles.parse(text, "test")).build());
  }

  /** Submits a sweep and waits for its end. */
  public Sweep run(String text) throws InterruptedException {
    return awaitEnd(submit(text).getSweep().getStatus().getSweepId());
  }

  /** Waits until a sweep has ended, whatever dies and comes back meanwhile. */
  public Sweep awaitEnd(String sweep) throws InterruptedException {
    return await(sweep, status -> ENDED.contains(status.getPhase()));
  }

  /** Waits until the status of a sweep is as wanted. */
  public Sweep await(String sweep, Predicate<SweepStatus> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "never answered";
    while (System.nanoTime() < deadline) {
      try {
        Sweep found =
            sweeps()
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getSweep(GetSweepRequest.newBuilder().setSweep(sweep).build())
                .getSweep();
        if (wanted.test(found.getStatus())) {
          return found;
        }
        last = found.getStatus().toString();
      } catch (StatusRuntimeException e) {
        last = e.getStatus().toString();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new AssertionError(
        "sweep " + sweep + " was not as wanted within " + PATIENCE + ": " + last);
  }

  /** What the trials and measurements of a sweep found, without what may differ: seconds. */
  public Map<String, Object> findings(Sweep sweep) {
    Map<String, Object> findings = new TreeMap<>();
    Grid grid = Grid.of(sweep.getSpec());
    for (long i = 0; i < grid.size(); i++) {
      Cell cell = grid.cell(i);
      String trialId = Ids.trialId(cell.trial()).value();
      TrialResult result = StoredMessage.TRIAL_RESULT.get(store, trialId);
      findings.put(i + " trial", result.toBuilder().clearTrainingSeconds().build());
      for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
        String id = Ids.measurementId(new TrialId(trialId), spec).value();
        Measurement measurement = StoredMessage.MEASUREMENT.get(store, id);
        findings.put(i + " " + spec.getName(), measurement.toBuilder().clearSeconds().build());
      }
    }
    return findings;
  }

  /** A file of a sweep's report. */
  public byte[] reportFile(String sweepId, String path) {
    return store.get(ArtifactKeys.report(sweepId) + path);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    tls.close();
    store.close();
    site.close();
  }
}
