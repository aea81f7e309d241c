/**
 * Random draws as pure functions of (seed, purpose, counter): any draw alone, in any order, on any
 * machine, gives the same bits.
 */
@NullMarked
package dev.rote.random;

import org.jspecify.annotations.NullMarked;
