/** What stands once in every service: where its peers are, their clients, and bounds on work. */
@NullMarked
package dev.rote.runtime;

import org.jspecify.annotations.NullMarked;
