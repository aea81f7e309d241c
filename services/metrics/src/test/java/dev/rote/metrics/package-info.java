@NullMarked
package dev.rote.metrics;

import org.jspecify.annotations.NullMarked;
