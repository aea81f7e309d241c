@NullMarked
package dev.rote.sweeps.doors;

import org.jspecify.annotations.NullMarked;
