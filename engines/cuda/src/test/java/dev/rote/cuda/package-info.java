@NullMarked
package dev.rote.cuda;

import org.jspecify.annotations.NullMarked;
