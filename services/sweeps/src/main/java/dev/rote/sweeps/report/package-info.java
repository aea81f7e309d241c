/** The report worker: gathers the results of a sweep, has them drawn and judged, and prunes. */
@NullMarked
package dev.rote.sweeps.report;

import org.jspecify.annotations.NullMarked;
