/** The command line: its root, exit codes, and how failures become messages. */
@NullMarked
package dev.rote.cli;

import org.jspecify.annotations.NullMarked;
