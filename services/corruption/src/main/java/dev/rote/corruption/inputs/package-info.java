/**
 * Rules that replace inputs. What replaces example {@code i} of a split is a pure function of the
 * corruption's seed, the split and {@code i}; the level only decides which examples are replaced.
 *
 * <p>Axes: {@code V} values of one example, channels first, row-major.
 */
@NullMarked
package dev.rote.corruption.inputs;

import org.jspecify.annotations.NullMarked;
