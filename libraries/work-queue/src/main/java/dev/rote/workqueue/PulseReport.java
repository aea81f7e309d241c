package dev.rote.workqueue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * Tells what stands still in a service: as health, {@code DOWN} with every part and its reason, and
 * as the meter {@code rote.parts.standing}.
 */
public final class PulseReport implements HealthCheck, MeterBinder {
  private final Pulses pulses;

  public PulseReport(Pulses pulses) {
    this.pulses = pulses;
  }

  @Override
  public HealthCheckResponse call() {
    return response("parts", pulses.standing());
  }

  /** {@code DOWN} with the parts that are dead alone: beginning anew may help them. */
  public HealthCheck liveness() {
    return () -> response("threads", pulses.dead());
  }

  private static HealthCheckResponse response(String name, Map<String, String> troubles) {
    return new HealthCheckResponse(
        name,
        troubles.isEmpty() ? Status.UP : Status.DOWN,
        Optional.of(new TreeMap<String, Object>(troubles)));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("rote.parts.standing", () -> pulses.standing().size())
        .description("Loops, consumers and clocks of this service that stand still")
        .register(registry);
  }
}
