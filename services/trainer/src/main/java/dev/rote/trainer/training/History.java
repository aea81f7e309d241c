package dev.rote.trainer.training;

import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import java.util.List;

/**
 * What a run has behind it.
 *
 * @param epochs every epoch from 0 on, in order
 * @param kept the checkpoints kept so far, in the order of their epochs
 */
public record History(List<EpochRecord> epochs, List<CheckpointRef> kept) {}
