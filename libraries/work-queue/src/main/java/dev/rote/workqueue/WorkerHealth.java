package dev.rote.workqueue;

import dev.rote.artifacts.HostTrouble;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * How a worker does, for its service's health and meters: alive unless one of its parts is dead,
 * ready unless one of them stands still or its machine is in trouble.
 */
public final class WorkerHealth {
  private final Pulses pulses;
  private final Hindrance hindrance;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong givenBack = new AtomicLong();
  private final AtomicLong unfit = new AtomicLong();

  /** All is well. */
  public WorkerHealth() {
    this(new Pulses());
  }

  /** All is well with a worker that is a part of a service among others. */
  public WorkerHealth(Pulses pulses) {
    this(pulses, System::nanoTime);
  }

  WorkerHealth(LongSupplier nanos) {
    this(new Pulses(nanos), nanos);
  }

  private WorkerHealth(Pulses pulses, LongSupplier nanos) {
    this.pulses = pulses;
    this.hindrance = new Hindrance(nanos);
  }

  /** The signs of life of the worker's parts; others of the same service may be added. */
  public Pulses pulses() {
    return pulses;
  }

  Hindrance hindrance() {
    return hindrance;
  }

  /** A record of the work topic was set aside. */
  void refused() {
    refused.incrementAndGet();
  }

  /** Work was offered that asks for other semantic versions than this worker computes. */
  void unfit() {
    unfit.incrementAndGet();
  }

  /** Work was given back because of a trouble. */
  void gaveBack() {
    givenBack.incrementAndGet();
  }

  /** {@code DOWN} with each part that is dead and why: beginning anew helps. */
  public HealthCheck liveness() {
    return new PulseReport(pulses).liveness();
  }

  /** {@code DOWN} with each part that stands still and why, dead or held up by others. */
  public HealthCheck progress() {
    return new PulseReport(pulses);
  }

  /**
   * {@code DOWN} with the trouble while no work is taken because of it: beginning anew does not
   * help. Once work is taken again it is up, and still tells the trouble until work has gone well.
   */
  public HealthCheck readiness() {
    return () -> {
      Optional<HostTrouble> trouble = hindrance.trouble();
      Map<String, Object> data =
          trouble
              .map(t -> Map.<String, Object>of("reason", t.kind().name(), "message", t.message()))
              .orElse(Map.of());
      return new HealthCheckResponse(
          "worker", hindrance.lasts() ? Status.DOWN : Status.UP, Optional.of(data));
    };
  }

  /** Registers the meters of the worker. */
  public MeterBinder meters() {
    return registry -> {
      new PulseReport(pulses).bindTo(registry);
      for (HostTrouble.Kind kind : HostTrouble.Kind.values()) {
        Gauge.builder("rote.worker.trouble", () -> has(kind) ? 1 : 0)
            .description("Whether the worker takes no work because of its own machine, by reason")
            .tag("reason", kind.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
      counter(registry, "rote.offers.refused", "Records of the work topic set aside", refused);
      counter(
          registry, "rote.offers.unfit", "Offers for workers of other semantic versions", unfit);
      counter(registry, "rote.work.given.back", "Work given back for a trouble", givenBack);
    };
  }

  private boolean has(HostTrouble.Kind kind) {
    return hindrance.trouble().filter(t -> t.kind() == kind).isPresent();
  }

  private static void counter(MeterRegistry registry, String name, String what, AtomicLong value) {
    FunctionCounter.builder(name, value, AtomicLong::get).description(what).register(registry);
  }
}
