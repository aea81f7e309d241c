/** The gRPC API of sweeps, and that of work for the workers. */
@NullMarked
package dev.rote.sweeps.grpc;

import org.jspecify.annotations.NullMarked;
