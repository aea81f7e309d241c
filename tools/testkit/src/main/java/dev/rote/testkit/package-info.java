/** What tests across services share: a whole stack, sweeps on it, and what they found. */
@NullMarked
package dev.rote.testkit;

import org.jspecify.annotations.NullMarked;
