/**
 * The process manager as a pure function: {@link dev.rote.sweeps.workflow.Decider} takes the state
 * and one event, and answers with changes of the state, commands and an answer to the writer of the
 * event. Time included, all it knows comes from the log, so that deciding again decides the same.
 */
@NullMarked
package dev.rote.sweeps.workflow;

import org.jspecify.annotations.NullMarked;
