@NullMarked
package dev.rote.networks.nd4j;

import org.jspecify.annotations.NullMarked;
