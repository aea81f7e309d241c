@NullMarked
package dev.rote.metrics.measuring;

import org.jspecify.annotations.NullMarked;
