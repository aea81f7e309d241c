package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.v1.LocalIntrinsicDimension;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LidMetricTest {
  /** 25 examples in batches of 10 are two, of 12 and 13; the last node reads {@code noise}. */
  @Test
  void of_examplesThatDoNotFillBatches_areSpreadOverThem() {
    ArrayExamples examples = Networks.examples(25, 4);
    LocalIntrinsicDimension asked =
        LocalIntrinsicDimension.newBuilder().setK(5).setBatch(10).build();
    try (Network network = Networks.drawn(4, 7, 6)) {
      double[] all = LidMetric.of(network, examples, asked, () -> {});
      float[] inputs = new float[25 * 4];
      examples.inputs(0, 25, inputs);
      float[] outputs = new float[25 * 6];
      network.insight().activations(inputs, 25, List.of("layer1/relu"), new float[][] {outputs});
      double[] first = IntrinsicDimension.of(outputs, 12, 6, 5);
      double[] second =
          IntrinsicDimension.of(Arrays.copyOfRange(outputs, 12 * 6, 25 * 6), 13, 6, 5);
      for (int i = 0; i < 25; i++) {
        assertThat(all[i]).isEqualTo(i < 12 ? first[i] : second[i - 12]);
      }
      double[] named =
          LidMetric.of(
              network, examples, asked.toBuilder().setNode("layer0/relu").build(), () -> {});
      assertThat(named[0]).isNotEqualTo(all[0]);
    }
  }
}
