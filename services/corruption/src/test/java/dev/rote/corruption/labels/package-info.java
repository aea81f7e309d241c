@NullMarked
package dev.rote.corruption.labels;

import org.jspecify.annotations.NullMarked;
