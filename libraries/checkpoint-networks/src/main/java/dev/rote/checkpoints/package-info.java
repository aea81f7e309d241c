/** Checkpoints as networks: the one place that opens them. */
@NullMarked
package dev.rote.checkpoints;

import org.jspecify.annotations.NullMarked;
