@NullMarked
package dev.rote.sgd;

import org.jspecify.annotations.NullMarked;
