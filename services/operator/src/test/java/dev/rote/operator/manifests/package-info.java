/** The manifests under {@code k8s/}. */
@NullMarked
package dev.rote.operator.manifests;

import org.jspecify.annotations.NullMarked;
