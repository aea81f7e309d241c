/** Reading a user's own files. */
@NullMarked
package dev.rote.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
