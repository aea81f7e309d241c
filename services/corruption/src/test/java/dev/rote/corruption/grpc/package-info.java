@NullMarked
package dev.rote.corruption.grpc;

import org.jspecify.annotations.NullMarked;
