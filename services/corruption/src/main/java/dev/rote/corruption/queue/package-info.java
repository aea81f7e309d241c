/** Variants as work from the queue. */
@NullMarked
package dev.rote.corruption.queue;

import org.jspecify.annotations.NullMarked;
