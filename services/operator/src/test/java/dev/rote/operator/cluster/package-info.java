/** Resources on an API server, sweeps in a sweeps service, and the operator between them. */
@NullMarked
package dev.rote.operator.cluster;

import org.jspecify.annotations.NullMarked;
