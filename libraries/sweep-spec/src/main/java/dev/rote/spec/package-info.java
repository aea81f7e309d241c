/**
 * The sweep specification: strict reading, defaults, validation, identity and the lazy grid. The
 * messages of {@code dev.rote.v1} are its only data types.
 */
@NullMarked
package dev.rote.spec;

import org.jspecify.annotations.NullMarked;
