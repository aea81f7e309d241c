@NullMarked
package dev.rote.corruption.selection;

import org.jspecify.annotations.NullMarked;
