/**
 * Training dynamics: scores of single examples from what networks said of them at each epoch, in
 * one pass over the trace of a trial.
 */
@NullMarked
package dev.rote.metrics.dynamics;

import org.jspecify.annotations.NullMarked;
