package dev.rote.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.operator.grpc.FeedSettings;
import dev.rote.operator.grpc.NamespaceOwners;
import dev.rote.operator.grpc.SweepFeed;
import dev.rote.operator.grpc.SweepsApi;
import dev.rote.operator.reconcile.SweepReconciler;
import dev.rote.operator.reconcile.TransitionEvents;
import dev.rote.operator.resource.SweepResource;
import dev.rote.v1.Sweep;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** An operator between an API server and a sweeps service. */
final class OperatorBench implements AutoCloseable {
  static final String NAMESPACE = RealApiServer.NAMESPACE;
  private static final NamespaceOwners OWNERS =
      NamespaceOwners.parse(List.of("elsewhere=eve", NAMESPACE + "=ada"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ApiServer api;
  private final SweepsInProcess sweeps = new SweepsInProcess();
  private final KubernetesClient client;
  private final ManagedChannel channel;
  private Operator operator;

  OperatorBench(ApiServer api) throws IOException {
    this.api = api;
    client = api.client();
    channel = ManagedChannelBuilder.forAddress("localhost", sweeps.port()).usePlaintext().build();
    operator = started();
  }

  SweepsInProcess sweeps() {
    return sweeps;
  }

  KubernetesClient client() {
    return client;
  }

  /** Another operator takes over. */
  void replaceOperator() {
    replaceOperator(() -> {});
  }

  /** Another operator takes over after something has happened without one. */
  void replaceOperator(Runnable meanwhile) {
    operator.stop();
    meanwhile.run();
    operator = started();
  }

  /** Hands a sweep in as an operator does. */
  void submit(Sweep sweep) {
    var unused = new SweepsApi(channel, PATIENCE, OWNERS).submit(sweep);
  }

  private Operator started() {
    /* A call that is given up on a busy machine would be made again, and counted twice. */
    SweepsApi calls = new SweepsApi(channel, PATIENCE, OWNERS);
    FeedSettings settings =
        new FeedSettings(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofMillis(200));
    Operator started =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(api.client())
                    .checkingCRDAndValidateLocalModel(false));
    started.register(
        new SweepReconciler(
            calls,
            new SweepFeed(calls, settings, System::nanoTime),
            new TransitionEvents(client, Clock.systemUTC()),
            new SweepReconciler.Settings(
                Duration.ofMillis(200), Duration.ofMillis(200), "studies")));
    started.start();
    return started;
  }

  @Override
  public void close() {
    operator.stop();
    channel.shutdownNow();
    sweeps.close();
    client.close();
    api.close();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static SweepResource small(String name) {
    return Serialization.unmarshal(
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: %s, namespace: %s}
        spec:
          trial:
            dataset: {name: strokes, trainSize: 100, validationSize: 50}
            model: {mlp: {hidden: [8]}}
            training: {epochs: 1}
          repetitions: 4
          parallelism: 2
        """
            .formatted(name, NAMESPACE),
        SweepResource.class);
  }

  SweepResource get(String name) {
    return client.resources(SweepResource.class).inNamespace(NAMESPACE).withName(name).get();
  }

  void create(SweepResource resource) {
    client.resource(resource).inNamespace(NAMESPACE).create();
  }
}
