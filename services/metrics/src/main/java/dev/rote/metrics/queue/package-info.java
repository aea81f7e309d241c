/** Measurements as work from the queue. */
@NullMarked
package dev.rote.metrics.queue;

import org.jspecify.annotations.NullMarked;
