/** From gathered results to figures as numbers: panels, series and judged claims. */
@NullMarked
package dev.rote.figures.building;

import org.jspecify.annotations.NullMarked;
