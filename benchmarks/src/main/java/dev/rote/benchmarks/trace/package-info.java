/** What a trace costs a training. */
@NullMarked
package dev.rote.benchmarks.trace;

import org.jspecify.annotations.NullMarked;
