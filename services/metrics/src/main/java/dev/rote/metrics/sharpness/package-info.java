/** Sharpness of the loss: the largest eigenvalue of its Hessian. */
@NullMarked
package dev.rote.metrics.sharpness;

import org.jspecify.annotations.NullMarked;
