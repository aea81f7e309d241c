@NullMarked
package dev.rote.artifacts.messages;

import org.jspecify.annotations.NullMarked;
