/**
 * Figures as pictures. One drawing code path over {@link dev.rote.figures.drawing.Canvas}; lengths
 * are in points (1/72 inch), x to the right, y down.
 */
@NullMarked
package dev.rote.figures.drawing;

import org.jspecify.annotations.NullMarked;
