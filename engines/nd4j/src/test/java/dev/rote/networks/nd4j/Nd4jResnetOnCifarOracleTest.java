package dev.rote.networks.nd4j;

import dev.rote.agreement.ResnetOnCifarSuite;

class Nd4jResnetOnCifarOracleTest extends ResnetOnCifarSuite {}
