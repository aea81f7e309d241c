/** The sweeps service as the operator sees it. */
@NullMarked
package dev.rote.operator.sweeps;

import org.jspecify.annotations.NullMarked;
