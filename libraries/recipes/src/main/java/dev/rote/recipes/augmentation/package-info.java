/**
 * What becomes of the pictures of a training step. Pictures are float32[C, H, W] in [0, 1], as a
 * variant has them.
 *
 * <p>Randomness: a change of the k-th kind draws from a stream of the trial's seed that is named
 * after it, addressed by the visit of the example: two counters that no other visit of the trial
 * has, so that a picture does not depend on the size of batches, on threads, or on whether the run
 * was interrupted.
 */
@NullMarked
package dev.rote.recipes.augmentation;

import org.jspecify.annotations.NullMarked;
