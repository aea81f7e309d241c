package dev.rote.cuda;

import dev.rote.agreement.PresetAgreementSuite;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every preset on CUDA beside the reference engine. */
@EnabledIf(value = "dev.rote.cuda.Cards#present", disabledReason = Cards.ABSENT)
class CudaPresetAgreementOracleTest extends PresetAgreementSuite {}
