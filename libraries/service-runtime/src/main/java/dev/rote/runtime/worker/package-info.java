/**
 * A service as a worker: its loop on the queue, its health and its meters. A service whose worker
 * is a part among others leaves the beans of this package out ({@code quarkus.arc.exclude-types}).
 */
@NullMarked
package dev.rote.runtime.worker;

import org.jspecify.annotations.NullMarked;
