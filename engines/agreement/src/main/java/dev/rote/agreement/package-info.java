/** What every engine must pass: the same networks as the reference engine's. */
@NullMarked
package dev.rote.agreement;

import org.jspecify.annotations.NullMarked;
