/** The table of a run. */
@NullMarked
package dev.rote.benchmarks.report;

import org.jspecify.annotations.NullMarked;
