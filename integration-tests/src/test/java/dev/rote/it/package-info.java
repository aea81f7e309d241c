/** Whole sweeps on real processes. */
@NullMarked
package dev.rote.it;

import org.jspecify.annotations.NullMarked;
