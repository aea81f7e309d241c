/**
 * What a trajectory of training is beside its network: the loss, the rule by which parameters
 * follow and what it keeps of each, and how many steps, at which rates, on which examples. All of
 * it is a pure function of the specification, the seed and the number of the step, so that whoever
 * knows a trial can take its steps again.
 *
 * <p>Steps are numbered from 0 through the whole run, epochs from 1.
 */
@NullMarked
package dev.rote.recipes;

import org.jspecify.annotations.NullMarked;
