@NullMarked
package dev.rote.metrics.critical;

import org.jspecify.annotations.NullMarked;
