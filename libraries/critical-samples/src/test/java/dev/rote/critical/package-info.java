@NullMarked
package dev.rote.critical;

import org.jspecify.annotations.NullMarked;
