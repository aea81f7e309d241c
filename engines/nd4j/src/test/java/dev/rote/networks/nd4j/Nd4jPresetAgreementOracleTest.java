package dev.rote.networks.nd4j;

import dev.rote.agreement.PresetAgreementSuite;

/** Every preset, narrow, beside the reference engine. */
class Nd4jPresetAgreementOracleTest extends PresetAgreementSuite {}
