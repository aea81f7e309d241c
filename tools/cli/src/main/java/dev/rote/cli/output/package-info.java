/** Listings as tables, JSON, YAML and CSV. */
@NullMarked
package dev.rote.cli.output;

import org.jspecify.annotations.NullMarked;
