/** What tests of the doors share. */
@NullMarked
package dev.rote.sweeps.doors;

import org.jspecify.annotations.NullMarked;
