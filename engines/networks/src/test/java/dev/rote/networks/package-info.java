@NullMarked
package dev.rote.networks;

import org.jspecify.annotations.NullMarked;
