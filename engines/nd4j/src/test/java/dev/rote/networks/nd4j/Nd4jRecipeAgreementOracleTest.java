package dev.rote.networks.nd4j;

import dev.rote.agreement.RecipeAgreementSuite;

/** ND4J's steps beside the reference engine's. */
class Nd4jRecipeAgreementOracleTest extends RecipeAgreementSuite {}
