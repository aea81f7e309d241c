/** Traces of trials: what networks said of each training example at each epoch, block by block. */
@NullMarked
package dev.rote.artifacts.traces;

import org.jspecify.annotations.NullMarked;
