@NullMarked
package dev.rote.recipes;

import org.jspecify.annotations.NullMarked;
