/**
 * Rules that replace labels. The label that replaces that of example {@code i} is a pure function
 * of the corruption's seed, the split, {@code i}, its original label and its real input; the level
 * only decides which labels are treated.
 */
@NullMarked
package dev.rote.corruption.labels;

import org.jspecify.annotations.NullMarked;
