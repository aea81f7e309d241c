/** A sweep's report on disk and its verdicts as text. */
@NullMarked
package dev.rote.cli.report;

import org.jspecify.annotations.NullMarked;
