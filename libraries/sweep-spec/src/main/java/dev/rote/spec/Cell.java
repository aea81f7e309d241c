package dev.rote.spec;

import dev.rote.v1.TrialSpec;
import java.util.Map;

/**
 * One cell of a grid.
 *
 * @param index position in the grid, from 0; repetitions vary fastest, then the last axis
 * @param labels axis name to label, in the order of the axes
 * @param repetition from 0
 * @param trial what is trained, all defaults filled in
 */
public record Cell(long index, Map<String, String> labels, int repetition, TrialSpec trial) {}
