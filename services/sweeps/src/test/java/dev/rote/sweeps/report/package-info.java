@NullMarked
package dev.rote.sweeps.report;

import org.jspecify.annotations.NullMarked;
