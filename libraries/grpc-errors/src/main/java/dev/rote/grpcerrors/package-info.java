/** One mapping between failures and gRPC statuses with {@code google.rpc} details. */
@NullMarked
package dev.rote.grpcerrors;

import org.jspecify.annotations.NullMarked;
