package dev.rote.operator.cluster;

/** What holds against the stand-in holds against a real API server. */
@OnRealApiServer
class ApiServerLifeIT extends SweepLifeTest {
  @Override
  ApiServer server() throws Exception {
    return RealApiServer.open();
  }
}
