/** Figures of a sweep: the numbers behind them, the judged claims, and what is drawn of them. */
@NullMarked
package dev.rote.figures;

import org.jspecify.annotations.NullMarked;
