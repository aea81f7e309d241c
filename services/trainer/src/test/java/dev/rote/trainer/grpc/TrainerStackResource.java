package dev.rote.trainer.grpc;

import dev.rote.testkit.TestStack;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object store and a peer that makes variants, for a service under test. */
public final class TrainerStackResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable TestStack stack;
  private @Nullable Server corruption;
  private @Nullable WrittenVariants variants;

  @Override
  public Map<String, String> start() {
    TestStack started = new TestStack();
    stack = started;
    WrittenVariants writing = new WrittenVariants(started.store());
    variants = writing;
    try {
      corruption = ServerBuilder.forPort(TestStack.freePort()).addService(writing).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "rote.access.anonymous",
        "admin",
        "rote.s3.endpoint",
        started.endpoint(),
        "rote.s3.access-key",
        "rote",
        "rote.s3.secret-key",
        "rote-secret",
        "rote.corruption",
        "localhost:" + corruption.getPort(),
        "rote.cache",
        started.cache().toString(),
        "quarkus.http.test-port",
        "0",
        "quarkus.grpc.server.test-port",
        String.valueOf(TestStack.freePort()),
        "rote.trainer.slots",
        "1",
        "rote.trainer.worker",
        "false");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(stack, new TestInjector.MatchesType(TestStack.class));
    injector.injectIntoFields(variants, new TestInjector.MatchesType(WrittenVariants.class));
  }

  @Override
  public void stop() {
    if (corruption != null) {
      corruption.shutdownNow();
    }
    if (stack != null) {
      stack.close();
    }
  }
}
