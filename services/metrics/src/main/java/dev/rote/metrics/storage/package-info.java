/** Trials, checkpoints, variants and measurements in object storage. */
@NullMarked
package dev.rote.metrics.storage;

import org.jspecify.annotations.NullMarked;
