@NullMarked
package dev.rote.corruption.queue;

import org.jspecify.annotations.NullMarked;
