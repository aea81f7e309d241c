@NullMarked
package dev.rote.metrics.storage;

import org.jspecify.annotations.NullMarked;
