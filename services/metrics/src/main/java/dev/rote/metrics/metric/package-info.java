/** What every metric is: values of a trial at a checkpoint. */
@NullMarked
package dev.rote.metrics.metric;

import org.jspecify.annotations.NullMarked;
