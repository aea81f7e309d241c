@NullMarked
package dev.rote.corruption.datasets;

import org.jspecify.annotations.NullMarked;
