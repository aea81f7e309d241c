@NullMarked
package dev.rote.metrics.queue;

import org.jspecify.annotations.NullMarked;
