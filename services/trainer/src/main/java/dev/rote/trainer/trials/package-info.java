/** Trials from their specification to their stored result. */
@NullMarked
package dev.rote.trainer.trials;

import org.jspecify.annotations.NullMarked;
