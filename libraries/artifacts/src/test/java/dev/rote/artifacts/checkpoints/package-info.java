@NullMarked
package dev.rote.artifacts.checkpoints;

import org.jspecify.annotations.NullMarked;
