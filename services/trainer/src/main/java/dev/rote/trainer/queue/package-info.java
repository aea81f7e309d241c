/** Trials as work from the queue. */
@NullMarked
package dev.rote.trainer.queue;

import org.jspecify.annotations.NullMarked;
