/** Settings of the deployment. */
@NullMarked
package dev.rote.metrics.config;

import org.jspecify.annotations.NullMarked;
