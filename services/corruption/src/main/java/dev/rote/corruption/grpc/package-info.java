/** The API of datasets and variants. */
@NullMarked
package dev.rote.corruption.grpc;

import org.jspecify.annotations.NullMarked;
