/** Statistics that claims are judged by. Pure functions; no state, no global randomness. */
@NullMarked
package dev.rote.figures.statistics;

import org.jspecify.annotations.NullMarked;
