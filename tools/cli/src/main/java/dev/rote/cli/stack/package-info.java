/** The embedded stack as commands see it. */
@NullMarked
package dev.rote.cli.stack;

import org.jspecify.annotations.NullMarked;
