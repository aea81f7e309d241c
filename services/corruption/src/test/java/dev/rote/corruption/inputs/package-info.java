@NullMarked
package dev.rote.corruption.inputs;

import org.jspecify.annotations.NullMarked;
