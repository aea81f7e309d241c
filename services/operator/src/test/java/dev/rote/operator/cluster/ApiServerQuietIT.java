package dev.rote.operator.cluster;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A real API server is left in peace, too. */
@EnabledIfSystemProperty(
    named = RealApiServer.KUBECONFIG,
    matches = ".+",
    disabledReason = "no API server: -Drote.kubeconfig=FILE names one that is there for tests")
class ApiServerQuietIT extends QuietOperatorTest {
  @Override
  ApiServer server() throws Exception {
    return RealApiServer.open();
  }
}
