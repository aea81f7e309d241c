/** What resources show. */
@NullMarked
package dev.rote.operator.reconcile;

import org.jspecify.annotations.NullMarked;
