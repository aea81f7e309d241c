@NullMarked
package dev.rote.sweeps.metrics;

import org.jspecify.annotations.NullMarked;
