/** What a sweep will take, estimated from its file alone. */
@NullMarked
package dev.rote.cli.estimate;

import org.jspecify.annotations.NullMarked;
