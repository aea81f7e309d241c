@NullMarked
package dev.rote.metrics.dynamics;

import org.jspecify.annotations.NullMarked;
