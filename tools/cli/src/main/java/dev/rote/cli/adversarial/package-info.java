/** Examples sent to the search for critical samples, and its outcomes as files. */
@NullMarked
package dev.rote.cli.adversarial;

import org.jspecify.annotations.NullMarked;
