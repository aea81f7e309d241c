package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rote.agreement.AgreementSuite;
import dev.rote.networks.Engines;
import org.junit.jupiter.api.Test;

/** ND4J beside the reference engine. */
class Nd4jAgreementOracleTest extends AgreementSuite {
  @Test
  void description_namesLibraryAndKernels() {
    assertThat(Engines.named("nd4j").description()).startsWith("nd4j-native 1.0.0-M2.1");
    assertThat(Engines.named("reference").description()).isEqualTo("reference float64 loops");
    assertThat(Engines.named("nd4j").numerics())
        .matches("(avx512-onednn|avx2-onednn|generic)-openblas-[a-z0-9-]+");
    assertThat(Engines.named("reference").numerics()).isEqualTo("reference");
  }

  @Test
  void named_unknown_saysWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.named("jax"))
        .withMessage("rote.engine must name one engine of [nd4j, reference], was jax");
  }
}
