@NullMarked
package dev.rote.trainer.training;

import org.jspecify.annotations.NullMarked;
