/** What every door has a sweep checked by before it becomes an event. */
@NullMarked
package dev.rote.sweeps.admission;

import org.jspecify.annotations.NullMarked;
