/** What the stack itself costs a trial. */
@NullMarked
package dev.rote.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
