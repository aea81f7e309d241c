package dev.rote.metrics.sensitivity;

/**
 * A number and its derivative by one variable: arithmetic on {@code a + b ε} with {@code ε² = 0}.
 *
 * @param value a
 * @param derivative b
 */
record Dual(double value, double derivative) {
  static final Dual ZERO = constant(0);

  static Dual constant(double value) {
    return new Dual(value, 0);
  }

  Dual plus(Dual other) {
    return new Dual(value + other.value, derivative + other.derivative);
  }

  Dual minus(Dual other) {
    return new Dual(value - other.value, derivative - other.derivative);
  }

  Dual times(Dual other) {
    return new Dual(value * other.value, value * other.derivative + derivative * other.value);
  }

  Dual over(Dual other) {
    double quotient = value / other.value;
    return new Dual(quotient, (derivative - quotient * other.derivative) / other.value);
  }

  Dual exponential() {
    double power = Math.exp(value);
    return new Dual(power, power * derivative);
  }

  Dual logarithm() {
    return new Dual(Math.log(value), derivative / value);
  }

  /** The number itself where it is positive, else zero. */
  Dual positivePart() {
    return value > 0 ? this : ZERO;
  }
}
