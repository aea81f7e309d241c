@NullMarked
package dev.rote.artifacts.variants;

import org.jspecify.annotations.NullMarked;
