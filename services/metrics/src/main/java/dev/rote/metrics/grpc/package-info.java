/** The gRPC API of the metrics and adversary service. */
@NullMarked
package dev.rote.metrics.grpc;

import org.jspecify.annotations.NullMarked;
