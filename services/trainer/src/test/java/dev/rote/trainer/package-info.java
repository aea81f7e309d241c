@NullMarked
package dev.rote.trainer;

import org.jspecify.annotations.NullMarked;
