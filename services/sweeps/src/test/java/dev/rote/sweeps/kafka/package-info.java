@NullMarked
package dev.rote.sweeps.kafka;

import org.jspecify.annotations.NullMarked;
