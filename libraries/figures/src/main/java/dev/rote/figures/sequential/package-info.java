/** Judging while repetitions come in: errors spent over looks, repeated intervals, futility. */
@NullMarked
package dev.rote.figures.sequential;

import org.jspecify.annotations.NullMarked;
