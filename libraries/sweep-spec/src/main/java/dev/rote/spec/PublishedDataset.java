package dev.rote.spec;

/** A published dataset of which there is nothing to choose. */
record PublishedDataset(DatasetFacts facts) implements DatasetKind {}
