package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.Service;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.StoreFileResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files of a user's own that come with the sweep: put into object storage, and named by it. */
@ExtendWith(SharedLaboratory.class)
class PutFilesIT {
  private static final Path SHAPES = DocumentationIT.HOME.resolve("docs/own-data/shapes.parquet");
  private static final int TIMEOUT_SECONDS = 60;

  @Test
  void shouldTrainOnWhatWasPutWhenASweepNamesIt(Laboratory laboratory) throws Exception {
    String corruption = String.valueOf(laboratory.site().addresses().grpc().get(Part.CORRUPTION));
    StoreFileResponse stored;
    StoreFileResponse again;
    try (Connections connections =
        Connections.to(
            Map.of(Service.CORRUPTION, corruption),
            laboratory.site().addresses().token(),
            Laboratory.tls(laboratory.site()),
            TIMEOUT_SECONDS)) {
      stored = connections.store(SHAPES);
      again = connections.store(SHAPES);
    }
    assertThat(stored.getPath()).matches("stored:[0-9a-f]{64}/shapes\\.parquet");
    assertThat(stored.getSizeBytes()).isEqualTo(Files.size(SHAPES));
    assertThat(again.getPath()).isEqualTo(stored.getPath());
    assertThat(again.getCreated()).isFalse();

    Sweep sweep =
        laboratory.run(
            """
            apiVersion: rote.dev/v1
            kind: Sweep
            metadata: {name: put-shapes}
            spec:
              trial:
                dataset:
                  name: files
                  trainSize: 54
                  validationSize: 6
                  files: {train: {path: "%s"}}
                model: {mlp: {hidden: [16]}}
                optimizer: {learningRate: 0.1}
                training: {epochs: 2, batchSize: 9}
            """
                .formatted(stored.getPath()));
    assertThat(sweep.getStatus().getPhase()).isEqualTo(SweepStatus.Phase.COMPLETED);
    String sum = stored.getPath().substring("stored:".length(), stored.getPath().indexOf('/'));
    assertThat(sweep.getSpec().getTrial().getDataset().getFiles().getContentMap())
        .containsExactly(Map.entry(stored.getPath(), sum));
    assertThat(laboratory.store().get(ArtifactKeys.ownFile(sum)))
        .isEqualTo(Files.readAllBytes(SHAPES));
  }
}
