package dev.rote.trainer.training;

import dev.rote.v1.PartRecord;

/**
 * Accuracy and mean cross-entropy (nats) of a split and of its parts, in inference mode.
 *
 * @param all the whole split
 * @param corrupted its treated examples
 * @param clean the others
 */
record Evaluation(PartRecord all, PartRecord corrupted, PartRecord clean) {}
