@NullMarked
package dev.rote.metrics.filters;

import org.jspecify.annotations.NullMarked;
