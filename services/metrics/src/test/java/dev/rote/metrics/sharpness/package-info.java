@NullMarked
package dev.rote.metrics.sharpness;

import org.jspecify.annotations.NullMarked;
