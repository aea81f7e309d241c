/**
 * Training runs: what happens in which order, independent of where examples and checkpoints lie.
 *
 * <p>Everything random is a pure function of the seed and the number of the epoch or step, so a run
 * may be cut between any two steps and goes on to the same bits.
 */
@NullMarked
package dev.rote.trainer.training;

import org.jspecify.annotations.NullMarked;
