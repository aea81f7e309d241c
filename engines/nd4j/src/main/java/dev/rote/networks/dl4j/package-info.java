/** Networks as models of Deeplearning4j. */
@NullMarked
package dev.rote.networks.dl4j;

import org.jspecify.annotations.NullMarked;
