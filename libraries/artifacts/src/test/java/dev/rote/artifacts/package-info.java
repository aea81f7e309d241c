@NullMarked
package dev.rote.artifacts;

import org.jspecify.annotations.NullMarked;
