/**
 * Formats of files of a user's own, a reader each. Readers go through files once, in order, and
 * hold a bounded part of them; {@link dev.rote.corruption.formats.PackedWriter} lays what they read
 * down with random access. Nothing is believed of a file before it is compared with its length, and
 * nothing in a file is ever run.
 */
@NullMarked
package dev.rote.corruption.formats;

import org.jspecify.annotations.NullMarked;
