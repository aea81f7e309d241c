package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.SweepStatus.Phase;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name of a broker comes with its pod, which may start after the pods that look for it. */
class LateBrokerIT {
  @Test
  void shouldTakeWorkAsSoonAsTheNameOfTheBrokerIsKnown(@TempDir Path directory) throws Exception {
    Path hosts = directory.resolve("hosts");
    String known = "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName();
    Files.writeString(hosts, known + "\n");
    try (Laboratory laboratory = SharedLaboratory.open("late-broker")) {
      laboratory.site().kill(Part.TRAINER);
      String port = laboratory.site().addresses().kafka().replaceFirst(".*:", "");
      Map<String, String> settings =
          Map.of(
              "ROTE_KAFKA", "late-broker:" + port,
              "JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
      try (HiredWorker trainer = HiredWorker.trainer(laboratory, settings)) {
        trainer.awaitLog("trying again until it works");
        String id =
            laboratory
                .submit(TinySweep.named("late-broker", 4100, 2))
                .getSweep()
                .getStatus()
                .getSweepId();
        Files.writeString(hosts, known + " late-broker\n");
        assertThat(laboratory.awaitEnd(id).getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
      }
    }
  }
}
