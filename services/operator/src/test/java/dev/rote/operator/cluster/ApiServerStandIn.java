package dev.rote.operator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rote.operator.crd.AdmissionRules;
import dev.rote.operator.resource.SweepResource;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The CRUD mock server with what it lacks: server-side apply, and the definition's schema and rules
 * at each write. It counts what is asked of it.
 */
final class ApiServerStandIn extends KubernetesCrudDispatcher implements ApiServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SWEEPS = "/sweeps";
  private static final int UNPROCESSABLE = 422;
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  private final AdmissionRules rules = AdmissionRules.ofSweeps();
  private final KubernetesMockServer server;
  final AtomicInteger statusWrites = new AtomicInteger();
  final AtomicInteger otherWrites = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();

  ApiServerStandIn() throws IOException {
    super(List.of(CustomResourceDefinitionContext.fromCustomResourceType(SweepResource.class)));
    /* It tells of every request. */
    REQUESTS.setLevel(Level.WARNING);
    server =
        new KubernetesMockServer(
            new Context(JSON), new MockWebServer(), new HashMap<>(), this, false);
    server.init();
  }

  @Override
  public NamespacedKubernetesClient client() {
    return server.createClient();
  }

  @Override
  public void close() {
    server.destroy();
  }

  @Override
  public MockResponse handleGet(String path) {
    reads.incrementAndGet();
    return super.handleGet(path);
  }

  @Override
  public MockResponse handleCreate(RecordedRequest request) {
    otherWrites.incrementAndGet();
    return refused(request, false).orElseGet(() -> super.handleCreate(request));
  }

  @Override
  public MockResponse handleUpdate(RecordedRequest request) {
    otherWrites.incrementAndGet();
    return refused(request, true).orElseGet(() -> super.handleUpdate(request));
  }

  private Optional<MockResponse> refused(RecordedRequest request, boolean update) {
    if (!request.getPath().contains(SWEEPS)) {
      return Optional.empty();
    }
    List<String> violations = rules.violations(json(text(request)), old(request, update));
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MockResponse()
                .setResponseCode(UNPROCESSABLE)
                .setBody(
                    "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":422,\"message\":"
                        + JSON.valueToTree(String.join("; ", violations))
                        + "}"));
  }

  private @Nullable Map<String, Object> old(RecordedRequest request, boolean update) {
    return update ? json(current(request.getPath()).toString()) : null;
  }

  /* To read the body as text would use it up. */
  private static String text(RecordedRequest request) {
    return new String(request.getBody().getBytes(), UTF_8);
  }

  private static Map<String, Object> json(String text) {
    try {
      return JSON.readValue(text, new TypeReference<>() {});
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private ObjectNode current(String path) {
    MockResponse got = super.handleGet(path.replaceFirst("/status$", ""));
    try {
      return (ObjectNode) JSON.readTree(new String(got.getBody().getBytes(), UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    boolean status = request.getPath().replaceFirst("\\?.*", "").endsWith("/status");
    (status ? statusWrites : otherWrites).incrementAndGet();
    String type = String.valueOf(request.getHeader("Content-Type"));
    return type.contains("apply-patch") ? apply(request, status) : super.handlePatch(request);
  }

  /* One field manager: what it applies is all that there is of the status, or of the finalizers. */
  private MockResponse apply(RecordedRequest request, boolean status) {
    String path = request.getPath().replaceFirst("\\?.*", "");
    if (super.handleGet(path.replaceFirst("/status$", "")).code() == 404) {
      return new MockResponse().setResponseCode(404);
    }
    ObjectNode resource = current(path);
    try {
      JsonNode applied = JSON.readTree(text(request));
      if (status) {
        resource.set("status", applied.get("status"));
      } else {
        ArrayNode finalizers = ((ObjectNode) resource.get("metadata")).putArray("finalizers");
        finalizers.addAll((ArrayNode) applied.get("metadata").get("finalizers"));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    RecordedRequest put =
        new RecordedRequest(
            "HTTP/1.1",
            HttpMethod.PUT,
            path,
            Headers.builder().add("Content-Type", "application/json").build(),
            new Buffer(resource.toString().getBytes(UTF_8)));
    return refused(put, true).orElseGet(() -> super.handleUpdate(put));
  }
}
