/**
 * Weights as files that other programs read and write, npz and safetensors, and the names and
 * layouts that tensors have in them. What comes from elsewhere is checked before anything is
 * allocated for it.
 */
@NullMarked
package dev.rote.weights;

import org.jspecify.annotations.NullMarked;
