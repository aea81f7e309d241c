@NullMarked
package dev.rote.blueprint;

import org.jspecify.annotations.NullMarked;
