package dev.rote.networks.nd4j;

import dev.rote.agreement.InsightAgreementSuite;

/** What ND4J says of single examples beside the reference engine. */
class Nd4jInsightAgreementOracleTest extends InsightAgreementSuite {}
