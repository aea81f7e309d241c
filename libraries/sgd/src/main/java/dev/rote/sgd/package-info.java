/**
 * What a trajectory of SGD is beside its network: how many steps, at which rates, on which
 * examples. All of it is a pure function of the specification, the seed and the number of the step,
 * so that whoever knows a trial can take its steps again.
 *
 * <p>Steps are numbered from 0 through the whole run, epochs from 1.
 */
@NullMarked
package dev.rote.sgd;

import org.jspecify.annotations.NullMarked;
