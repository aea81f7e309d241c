/** From a resource to its sweep and back. */
@NullMarked
package dev.rote.operator.reconcile;

import org.jspecify.annotations.NullMarked;
