package dev.rote.metrics.grpc;

import dev.rote.metrics.StoredStudy;
import dev.rote.testkit.TestStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object store that holds a {@link StoredStudy}. */
public final class StoredStudyResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable TestStack stack;

  @Override
  public Map<String, String> start() {
    TestStack started = new TestStack();
    stack = started;
    new StoredStudy(started.store()).write();
    return Map.of(
        "rote.access.anonymous",
        "admin",
        "rote.s3.endpoint",
        started.endpoint(),
        "rote.s3.access-key",
        "rote",
        "rote.s3.secret-key",
        "rote-secret",
        "rote.cache",
        started.cache().toString(),
        "rote.metrics.stream-patience",
        "8s",
        "rote.metrics.worker",
        "false",
        "quarkus.http.test-port",
        "0",
        "quarkus.grpc.server.test-port",
        String.valueOf(TestStack.freePort()),
        "rote.metrics.slots",
        "1");
  }

  @Override
  public void stop() {
    if (stack != null) {
      stack.close();
    }
  }
}
