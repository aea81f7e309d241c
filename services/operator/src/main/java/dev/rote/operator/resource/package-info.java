/** The custom resource as Java. */
@NullMarked
package dev.rote.operator.resource;

import org.jspecify.annotations.NullMarked;
