/** Objects in object storage: written once under their id, checked when read. */
@NullMarked
package dev.rote.artifacts;

import org.jspecify.annotations.NullMarked;
