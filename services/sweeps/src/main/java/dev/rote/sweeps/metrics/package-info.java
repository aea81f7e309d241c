/** What scalers and dashboards read of the workflow. */
@NullMarked
package dev.rote.sweeps.metrics;

import org.jspecify.annotations.NullMarked;
