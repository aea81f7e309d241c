/** Settings and start. */
@NullMarked
package dev.rote.operator.config;

import org.jspecify.annotations.NullMarked;
