/** Which examples are misclassified, and their losses. */
@NullMarked
package dev.rote.metrics.errors;

import org.jspecify.annotations.NullMarked;
