/** Messages as objects, each behind the SHA-256 of its bytes. */
@NullMarked
package dev.rote.artifacts.messages;

import org.jspecify.annotations.NullMarked;
