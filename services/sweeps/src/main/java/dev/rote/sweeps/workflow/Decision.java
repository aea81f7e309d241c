package dev.rote.sweeps.workflow;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What follows from an event.
 *
 * @param changes entries of the state to write, and to delete where empty
 */
public record Decision(
    SortedMap<String, Optional<byte[]>> changes, List<Command> commands, Answer answer) {}
