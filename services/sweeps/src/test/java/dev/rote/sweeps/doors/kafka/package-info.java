@NullMarked
package dev.rote.sweeps.doors.kafka;

import org.jspecify.annotations.NullMarked;
