@NullMarked
package dev.rote.reference;

import org.jspecify.annotations.NullMarked;
