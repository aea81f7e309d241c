package dev.rote.operator.config;

import dev.rote.operator.grpc.SweepFeed;
import dev.rote.operator.grpc.SweepsApi;
import dev.rote.operator.reconcile.SweepReconciler;
import dev.rote.operator.reconcile.TransitionEvents;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the operator. Without an API server the process ends, to be started again. */
@Singleton
@Readiness
class OperatorLife implements HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(OperatorLife.class);

  private final Operator operator;
  private final KubernetesClient client;

  OperatorLife(
      OperatorConfig config,
      KubernetesClient client,
      SweepsApi sweeps,
      SweepFeed feed,
      TransitionEvents events,
      SweepReconciler.Settings settings) {
    OperatorConfig.Operator own = config.operator();
    this.client = client;
    operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withConcurrentReconciliationThreads(own.threads())
                    .checkingCRDAndValidateLocalModel(true)
                    .withCloseClientOnStop(false));
    operator.register(
        new SweepReconciler(sweeps, feed, events, settings),
        controller -> own.namespaces().ifPresent(controller::settingNamespaces));
  }

  void start(@Observes StartupEvent event) {
    try {
      operator.start();
    } catch (OperatorException e) {
      String explanation = StartFailure.explanation(e, client.getMasterUrl());
      if (explanation != null) {
        log.error("the operator cannot start: {}", explanation);
      }
      throw e;
    }
  }

  void stop(@Observes ShutdownEvent event) {
    operator.stop();
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("operator")
        .status(operator.getRuntimeInfo().isStarted())
        .build();
  }
}
