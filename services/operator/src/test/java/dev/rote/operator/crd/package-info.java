/** The custom resource's definition, generated from the contracts. */
@NullMarked
package dev.rote.operator.crd;

import org.jspecify.annotations.NullMarked;
