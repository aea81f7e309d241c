@NullMarked
package dev.rote.trainer.grpc;

import org.jspecify.annotations.NullMarked;
