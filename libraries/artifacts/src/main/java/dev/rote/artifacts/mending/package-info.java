/** What becomes of objects that are gone or damaged: set aside, so that they are made again. */
@NullMarked
package dev.rote.artifacts.mending;

import org.jspecify.annotations.NullMarked;
