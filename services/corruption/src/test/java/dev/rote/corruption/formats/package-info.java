@NullMarked
package dev.rote.corruption.formats;

import org.jspecify.annotations.NullMarked;
