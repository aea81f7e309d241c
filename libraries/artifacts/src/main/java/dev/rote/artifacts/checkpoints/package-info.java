/** Checkpoints as objects: the layout that {@code CheckpointHeader} describes. */
@NullMarked
package dev.rote.artifacts.checkpoints;

import org.jspecify.annotations.NullMarked;
