/** The sweeps service as the operator sees it. */
@NullMarked
package dev.rote.operator.grpc;

import org.jspecify.annotations.NullMarked;
