@NullMarked
package dev.rote.trainer.storage;

import org.jspecify.annotations.NullMarked;
