@NullMarked
package dev.rote.sweeps.workflow;

import org.jspecify.annotations.NullMarked;
