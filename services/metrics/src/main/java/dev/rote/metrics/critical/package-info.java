/** The critical sample ratio as a metric. */
@NullMarked
package dev.rote.metrics.critical;

import org.jspecify.annotations.NullMarked;
