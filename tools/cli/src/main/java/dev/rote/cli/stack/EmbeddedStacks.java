package dev.rote.cli.stack;

import dev.rote.cli.service.Service;
import dev.rote.cli.service.UserKey;
import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stacks of the module embedded. */
public final class EmbeddedStacks implements LocalStacks {
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);

  @Override
  public Optional<LocalStack> running(Path state) {
    return Stack.supervised(state).map(EmbeddedStack::new);
  }

  @Override
  public Optional<LocalStack> joined(Path state) {
    return Stack.joined(state).map(EmbeddedStack::new);
  }

  @Override
  public LocalStack attachOrStart(Path state, Optional<Path> datasets, Consumer<String> notes)
      throws InterruptedException {
    return new EmbeddedStack(Stack.attachOrStart(StackSettings.of(state, datasets, notes)));
  }

  @Override
  public boolean stop(Path state) throws InterruptedException {
    return Stack.stop(state, STOP_PATIENCE);
  }

  private static Map<Service, String> addresses(Stack stack) {
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    addresses.put(Service.SWEEPS, stack.sweepsTarget());
    addresses.put(Service.CORRUPTION, stack.corruptionTarget());
    addresses.put(Service.TRAINER, stack.trainerTarget());
    addresses.put(Service.METRICS, stack.metricsTarget());
    return addresses;
  }

  private record EmbeddedStack(Stack stack) implements LocalStack {
    @Override
    public Map<Service, String> addresses() {
      return EmbeddedStacks.addresses(stack);
    }

    @Override
    public Map<String, String> variables() {
      Map<String, String> variables = new LinkedHashMap<>();
      addresses().forEach((service, address) -> variables.put(service.variable(), address));
      token().ifPresent(token -> variables.put(UserKey.VARIABLE, token));
      variables.put("ROTE_KAFKA", stack.kafka());
      variables.put("ROTE_S3_ENDPOINT", stack.s3().toString());
      variables.put("ROTE_S3_ACCESS_KEY", stack.accessKey());
      variables.put("ROTE_S3_SECRET_KEY", stack.secretKey());
      variables.put("ROTE_S3_BUCKET", stack.bucket());
      return variables;
    }

    @Override
    public Optional<String> token() {
      return stack.token();
    }

    @Override
    public String page() {
      return stack.http(Part.SWEEPS).toString();
    }

    @Override
    public String door() {
      return page() + "/" + stack.pageKey().map(key -> "?key=" + key).orElse("");
    }

    @Override
    public Optional<String> datasets() {
      return stack.datasets();
    }

    @Override
    public boolean attached() {
      return stack.attached();
    }

    @Override
    public void keepUp() {
      stack.keepUp();
    }

    @Override
    public boolean leave() {
      return stack.leave();
    }

    @Override
    public void awaitEnd() throws InterruptedException {
      stack.awaitEnd();
    }

    @Override
    public void close() {
      stack.close();
    }
  }
}
