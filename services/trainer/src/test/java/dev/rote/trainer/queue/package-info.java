@NullMarked
package dev.rote.trainer.queue;

import org.jspecify.annotations.NullMarked;
