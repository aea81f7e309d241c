/** The first layer's filters and their structure. */
@NullMarked
package dev.rote.metrics.filters;

import org.jspecify.annotations.NullMarked;
