/** Results of a sweep's trials, gathered into the series that its figures and claims need. */
@NullMarked
package dev.rote.figures.study;

import org.jspecify.annotations.NullMarked;
