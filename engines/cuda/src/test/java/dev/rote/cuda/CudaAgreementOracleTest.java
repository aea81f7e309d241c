package dev.rote.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.AgreementSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** CUDA beside the reference engine. */
@EnabledIf(value = "dev.rote.cuda.Cards#present", disabledReason = Cards.ABSENT)
class CudaAgreementOracleTest extends AgreementSuite {
  @Test
  void description_namesLibraryAndCard() {
    assertThat(new CudaEngine().description()).matches("cuda 13\\.\\d+ on .+ \\(\\d+\\.\\d\\)");
    assertThat(new CudaEngine().numerics()).matches("cuda-13\\.\\d+-sm\\d+");
  }
}
