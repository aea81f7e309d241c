@NullMarked
package dev.rote.sweeps.grpc;

import org.jspecify.annotations.NullMarked;
