package dev.rote.cli.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.estimate.SweepEstimate;
import dev.rote.v1.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EstimateTextTest {
  @Test
  void text_traces_standBesideCheckpoints() {
    List<String> lines =
        EstimateText.lines(
            new SweepEstimate(1, 1e6, 2, 3e6, 2, 4e6, 9e6, 1), Retention.Checkpoints.FINAL, 50);

    assertThat(lines.get(0))
        .isEqualTo(
            "estimate: at most 8.0 MB stay on disk: 1.0 MB in 1 dataset variant, 3.0 MB in 2"
                + " checkpoints, 4.0 MB in 2 traces (retention FINAL); up to 9.0 MB are written"
                + " meanwhile");
  }

  @Test
  void text_everyCheckpointKept_saysWhatKeepsFewer() {
    List<String> lines =
        EstimateText.lines(
            new SweepEstimate(2, 2.4e6, 66, 2.2e9, 0, 0, 2.2e9, 6e13),
            Retention.Checkpoints.ALL,
            50);

    assertThat(lines)
        .containsExactly(
            "estimate: at most 2.2 GB stay on disk: 2.4 MB in 2 dataset variants, 2.2 GB in 66"
                + " checkpoints (retention ALL); 'retention: {checkpoints: FINAL}' keeps the last"
                + " of each trial",
            "estimate: at most 20m00s of training at 50 GFLOP/s (--gflops says another rate);"
                + " corrupting, measuring and waiting come on top");
  }
}
