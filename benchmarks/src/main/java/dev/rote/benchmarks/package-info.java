/** Rote beside its peers on the same machine, in the same run, at the same answers. */
@NullMarked
package dev.rote.benchmarks;

import org.jspecify.annotations.NullMarked;
