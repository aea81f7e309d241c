@NullMarked
package dev.rote.metrics.grpc;

import org.jspecify.annotations.NullMarked;
