/** The files that a sweep ends with: a page, figures, tables, verdicts and provenance. */
@NullMarked
package dev.rote.figures.report;

import org.jspecify.annotations.NullMarked;
