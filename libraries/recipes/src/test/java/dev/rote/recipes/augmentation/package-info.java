@NullMarked
package dev.rote.recipes.augmentation;

import org.jspecify.annotations.NullMarked;
