/** The live page: what the doors of calls say, for browsers. It asks them as any client does. */
@NullMarked
package dev.rote.sweeps.page;

import org.jspecify.annotations.NullMarked;
