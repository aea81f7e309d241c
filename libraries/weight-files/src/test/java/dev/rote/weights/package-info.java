@NullMarked
package dev.rote.weights;

import org.jspecify.annotations.NullMarked;
