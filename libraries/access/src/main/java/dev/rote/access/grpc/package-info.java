/** Channels to services, which carry the caller's key. */
@NullMarked
package dev.rote.access.grpc;

import org.jspecify.annotations.NullMarked;
