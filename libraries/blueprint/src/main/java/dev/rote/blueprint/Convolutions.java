package dev.rote.blueprint;

import java.util.List;

/** Writes convolutions and what belongs to them: padding that keeps the size before striding. */
record Convolutions(Nodes nodes) {

  /** A convolution without biases, and its batch normalisation. */
  Convolutions normalized(String convolution, String norm, int filters, int kernel, int stride) {
    Window window = new Window(kernel, stride, false, (kernel - 1) / 2);
    nodes.then(convolution, convolution, new Convolution(filters, window));
    nodes.then(norm, norm, new BatchNorm());
    return this;
  }

  /** A ReLU. */
  Convolutions relu(String name) {
    nodes.then(name, name, new Relu());
    return this;
  }

  /** A 3x3 convolution, batch normalisation and ReLU: {@code scope/0} to {@code scope/2}. */
  Convolutions block(String scope, int filters) {
    return normalized(scope + "/0", scope + "/1", filters, 3, 1).relu(scope + "/2");
  }

  /** A max pool that halves the image. */
  Convolutions pool(String name) {
    nodes.then(name, name, new MaxPool(new Window(2, 2, false, 0)));
    return this;
  }

  /** A 1x1 convolution of a node and its batch normalisation, whose name is returned. */
  String shortcut(String scope, int filters, int stride, String input) {
    String convolution = scope + "/0";
    String norm = scope + "/1";
    Op op = new Convolution(filters, new Window(1, stride, false, 0));
    nodes.add(convolution, convolution, op, List.of(input));
    nodes.then(norm, norm, new BatchNorm());
    return norm;
  }
}
