package dev.rote.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many sweeps cost one listing and no write while nothing happens to them. */
class QuietOperatorTest {

  ApiServer server() throws Exception {
    return new ApiServerStandIn();
  }

  @Test
  void shouldWriteNothingWhenNothingChanges() throws Exception {
    int many = 200;
    ApiServer api = server();
    try (OperatorBench bench = new OperatorBench(api)) {
      SweepsInProcess sweeps = bench.sweeps();
      for (int i = 0; i < many; i++) {
        bench.create(OperatorBench.small("s" + i));
      }
      OperatorBench.await(
          "all are handed in",
          () ->
              list(bench).stream()
                  .allMatch(s -> s.getStatus() != null && s.getStatus().phase() == Phase.Running));
      assertThat(sweeps.submits).hasValue(many);
      if (api instanceof ApiServerStandIn counting) {
        /* One write each to admit; a few more where a shared trial's progress was told meanwhile. */
        assertThat(counting.statusWrites.get()).isBetween(many, 2 * many);
      }
      awaitRounds(sweeps, 20);
      Set<String> versions = versions(bench);
      int lists = sweeps.lists.get();
      long begun = System.nanoTime();
      awaitRounds(sweeps, 40);
      assertThat(versions(bench)).isEqualTo(versions);
      assertThat(sweeps.submits).hasValue(many);
      /* One page for all of them every 50 ms here. */
      long due = (System.nanoTime() - begun) / TimeUnit.MILLISECONDS.toNanos(50) + 2;
      assertThat(sweeps.lists.get() - lists).isLessThanOrEqualTo((int) due);
      bench.replaceOperator();
      awaitRounds(sweeps, 40);
      assertThat(sweeps.submits).as("a new operator hands nothing in again").hasValue(many);
      assertThat(versions(bench)).isEqualTo(versions);
    }
  }

  /** The operator has asked so often again how sweeps do. */
  private static void awaitRounds(SweepsInProcess sweeps, int rounds) {
    int end = sweeps.lists.get() + rounds;
    OperatorBench.await("the operator asks", () -> sweeps.lists.get() >= end);
  }

  private static List<SweepResource> list(OperatorBench bench) {
    return bench
        .client()
        .resources(SweepResource.class)
        .inNamespace(OperatorBench.NAMESPACE)
        .list()
        .getItems();
  }

  /** Each write gives another. */
  private static Set<String> versions(OperatorBench bench) {
    return list(bench).stream()
        .map(SweepResource::getMetadata)
        .map(metadata -> metadata.getName() + "@" + metadata.getResourceVersion())
        .collect(Collectors.toSet());
  }
}
