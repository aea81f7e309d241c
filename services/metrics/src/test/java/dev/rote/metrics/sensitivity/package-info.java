@NullMarked
package dev.rote.metrics.sensitivity;

import org.jspecify.annotations.NullMarked;
