/** Where sweeps come in: calls and config events. */
@NullMarked
package dev.rote.sweeps.doors;

import org.jspecify.annotations.NullMarked;
