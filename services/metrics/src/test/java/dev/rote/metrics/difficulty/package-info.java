@NullMarked
package dev.rote.metrics.difficulty;

import org.jspecify.annotations.NullMarked;
