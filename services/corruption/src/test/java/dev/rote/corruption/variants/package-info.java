@NullMarked
package dev.rote.corruption.variants;

import org.jspecify.annotations.NullMarked;
