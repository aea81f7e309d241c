/** Contestants as processes of their own, which take turns. */
@NullMarked
package dev.rote.benchmarks.race;

import org.jspecify.annotations.NullMarked;
