@NullMarked
package dev.rote.metrics.examples;

import org.jspecify.annotations.NullMarked;
