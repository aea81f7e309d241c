package dev.rote.cuda;

import dev.rote.agreement.RecipeAgreementSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** CUDA's steps beside the reference engine's. */
@EnabledIf(value = "dev.rote.cuda.Cards#present", disabledReason = Cards.ABSENT)
class CudaRecipeAgreementOracleTest extends RecipeAgreementSuite {
  @BeforeAll
  static void allow() {
    System.setProperty("rote.cuda.untried", "true");
  }

  @AfterAll
  static void refuse() {
    System.clearProperty("rote.cuda.untried");
  }
}
