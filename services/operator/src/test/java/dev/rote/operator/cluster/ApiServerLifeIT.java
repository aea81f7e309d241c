package dev.rote.operator.cluster;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What holds against the stand-in holds against a real API server. */
@EnabledIfSystemProperty(
    named = RealApiServer.KUBECONFIG,
    matches = ".+",
    disabledReason = "no API server: -Drote.kubeconfig=FILE names one that is there for tests")
class ApiServerLifeIT extends SweepLifeTest {
  @Override
  ApiServer server() throws Exception {
    return RealApiServer.open();
  }
}
