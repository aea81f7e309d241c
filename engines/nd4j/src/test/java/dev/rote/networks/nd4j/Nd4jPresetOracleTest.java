package dev.rote.networks.nd4j;

import dev.rote.agreement.PresetSuite;

/** Presets at full size beside PyTorch's layers. */
class Nd4jPresetOracleTest extends PresetSuite {}
