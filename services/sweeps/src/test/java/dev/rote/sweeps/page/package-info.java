@NullMarked
package dev.rote.sweeps.page;

import org.jspecify.annotations.NullMarked;
