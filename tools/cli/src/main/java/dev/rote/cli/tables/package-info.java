/** The tables of a sweep as files. */
@NullMarked
package dev.rote.cli.tables;

import org.jspecify.annotations.NullMarked;
