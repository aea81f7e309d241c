@NullMarked
package dev.rote.sweeps.admission;

import org.jspecify.annotations.NullMarked;
