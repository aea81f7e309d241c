/** The search for critical samples. */
@NullMarked
package dev.rote.benchmarks.lass;

import org.jspecify.annotations.NullMarked;
