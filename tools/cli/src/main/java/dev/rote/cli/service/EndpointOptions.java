package dev.rote.cli.service;

import dev.rote.access.grpc.Tls;
import dev.rote.access.grpc.TlsFiles;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.stack.LocalStack;
import dev.rote.cli.stack.LocalStacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which services to talk to. */
public final class EndpointOptions {
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final Session session;

  @Option(
      names = "--sweeps",
      paramLabel = "HOST:PORT",
      description =
          "Address of the sweeps service (or environment ROTE_SWEEPS); https://HOST:PORT where it is"
              + " encrypted.")
  private @Nullable String sweeps;

  @Option(
      names = "--corruption",
      paramLabel = "HOST:PORT",
      description = "Address of the corruption service (or environment ROTE_CORRUPTION).")
  private @Nullable String corruption;

  @Option(
      names = "--trainer",
      paramLabel = "HOST:PORT",
      description = "Address of the trainer service (or environment ROTE_TRAINER).")
  private @Nullable String trainer;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description = "Address of the metrics service (or environment ROTE_METRICS).")
  private @Nullable String metrics;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = LocalStacks.DEFAULT_STATE,
      description =
          "State directory of the local stack that is asked when no address is given"
              + " (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(LocalStacks.DEFAULT_STATE);

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 60;

  private Optional<LocalStack> joined = Optional.empty();

  public EndpointOptions(Session session) {
    this.session = session;
  }

  /**
   * Opens connections to the services as they are asked for; the caller closes them. A stack of
   * this machine that they lead to goes on until then.
   */
  public Connections connect() {
    if (timeoutSeconds < 1) {
      throw new CommandFailure(
          ExitCodes.INVALID, "--timeout must be at least 1 second, was " + timeoutSeconds);
    }
    return new Connections(
        this::endpoint, tls(), timeoutSeconds, () -> joined.ifPresent(LocalStack::leave));
  }

  /** Certificates of encrypted addresses, from the environment. */
  private Tls tls() {
    try {
      return Tls.of(TlsFiles.of(session.environment()), LOOK);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCodes.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Where a service is: the option, else the environment, else the local stack; and the key for it.
   *
   * @throws CommandFailure when none of them says, or the address is malformed
   */
  private Endpoint endpoint(Service service) {
    String given = options().get(service);
    if (given == null) {
      given = session.environment().get(service.variable());
    }
    if (given == null || given.isBlank()) {
      String address = Addresses.checked(service, local(service));
      return new Endpoint(address, joined.flatMap(LocalStack::token));
    }
    String address = Addresses.checked(service, given);
    return new Endpoint(address, UserKey.at(address, session, state));
  }

  private String local(Service service) {
    if (joined.isEmpty()) {
      joined = session.stacks().joined(state);
    }
    String address = joined.map(LocalStack::addresses).orElse(Map.of()).get(service);
    if (address == null) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE,
          String.format(
              "where is the %s service? No stack runs on %s: start one with 'rote up', or give"
                  + " --%s HOST:PORT or %s",
              service.label(), state, service.label(), service.variable()));
    }
    return address;
  }

  private Map<Service, @Nullable String> options() {
    Map<Service, @Nullable String> options = new EnumMap<>(Service.class);
    options.put(Service.SWEEPS, sweeps);
    options.put(Service.CORRUPTION, corruption);
    options.put(Service.TRAINER, trainer);
    options.put(Service.METRICS, metrics);
    return options;
  }
}
