/** How far a sweep is, for people: a bar on a terminal, lines elsewhere. */
@NullMarked
package dev.rote.cli.progress;

import org.jspecify.annotations.NullMarked;
