package dev.rote.operator.cluster;

/** A real API server is left in peace, too. */
@OnRealApiServer
class ApiServerQuietIT extends QuietOperatorTest {
  @Override
  ApiServer server() throws Exception {
    return RealApiServer.open();
  }
}
