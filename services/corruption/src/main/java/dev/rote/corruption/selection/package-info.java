/** Which examples a corruption treats, as a function of its level. */
@NullMarked
package dev.rote.corruption.selection;

import org.jspecify.annotations.NullMarked;
