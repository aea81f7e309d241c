/** Pictures of a user's own as Rote reads them, beside their decoding alone. */
@NullMarked
package dev.rote.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
