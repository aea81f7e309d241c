/** The sweeps of the paper's figures, and the page that shows what came of them. */
@NullMarked
package dev.rote.cli.paper;

import org.jspecify.annotations.NullMarked;
