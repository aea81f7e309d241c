/**
 * The worker's side of the work queue: take an offer from a share group, claim it from the sweeps
 * service, accept it at once, work under a lease that is renewed, and report the end as an event.
 *
 * <p>An acknowledgement proves nothing about ownership; the lease does. A record is therefore never
 * locked during work, and whoever is not granted a claim drops the record.
 */
@NullMarked
package dev.rote.workqueue;

import org.jspecify.annotations.NullMarked;
