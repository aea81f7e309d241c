package dev.rote.networks.dl4j;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** What DL4J has for a node. */
sealed interface Part {
  /** Nothing: it is the identity in inference. */
  record Same() implements Part {}

  /** A layer. */
  record OfLayer(Layer layer) implements Part {}

  /** A vertex without parameters, of a graph alone. */
  record OfVertex(GraphVertex vertex) implements Part {}
}
