/** Settings of the deployment and the wiring of the service's objects. */
@NullMarked
package dev.rote.sweeps.config;

import org.jspecify.annotations.NullMarked;
