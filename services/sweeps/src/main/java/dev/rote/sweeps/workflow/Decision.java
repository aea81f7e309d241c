package dev.rote.sweeps.workflow;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What follows from an event.
 *
 * @param changes entries of the state to write, and to delete where empty
 * @param undecided parts of the event that could not be decided, for the log: of what they would
 *     have changed, nothing is among the changes
 */
public record Decision(
    SortedMap<String, Optional<byte[]>> changes,
    List<Command> commands,
    Answer answer,
    List<Undecided> undecided) {}
