/** The commands, one class each. */
@NullMarked
package dev.rote.cli.command;

import org.jspecify.annotations.NullMarked;
