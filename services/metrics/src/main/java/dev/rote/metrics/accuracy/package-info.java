/** Accuracy and mean loss of a set of examples. */
@NullMarked
package dev.rote.metrics.accuracy;

import org.jspecify.annotations.NullMarked;
